package ai.orchestrator.openai.wire;

import ai.orchestrator.plugin.FailureCode;
import ai.orchestrator.plugin.PluginFailure;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;

/** How far one call has come, which tells what an I/O error in it means. */
public final class Phase {
    private final HttpUpstream upstream;
    private final Deadline deadline;
    private volatile boolean connected;
    private volatile boolean answering;
    private volatile boolean abandoned;

    Phase(HttpUpstream upstream, Deadline deadline) {
        this.upstream = upstream;
        this.deadline = deadline;
    }

    Deadline deadline() {
        return deadline;
    }

    void connected() {
        connected = true;
    }

    /** The reply's head is there. */
    void answering() {
        answering = true;
    }

    /** Nobody waits for the reply any more. */
    void abandoned() {
        abandoned = true;
    }

    /** Whether the call was ended from this side. */
    public boolean endedHere() {
        return abandoned || upstream.isClosed() || deadline.passed();
    }

    /** @throws PluginFailure if the call cannot or need not be made any more */
    public void check() {
        if (endedHere()) {
            throw ended();
        }
    }

    PluginFailure failure(IOException e) {
        if (endedHere()) {
            return ended();
        }
        Timeouts timeouts = upstream.endpoint().timeouts();
        String host = upstream.endpoint().host();
        boolean timeout = e instanceof InterruptedIOException;
        if (!connected) {
            return new PluginFailure.Retriable(FailureCode.UNAVAILABLE, host + " cannot be reached", e);
        }
        if (timeout && !answering) {
            return timeout(host + " did not begin to answer within " + seconds(timeouts.firstByte()), e);
        }
        if (timeout) {
            return timeout(host + " stopped in the midst of an answer for " + seconds(timeouts.idle()), e);
        }
        return answering
                ? new PluginFailure.Retriable(FailureCode.BROKEN_OFF, host + " broke the answer off", e)
                : new PluginFailure.Retriable(
                        FailureCode.UNAVAILABLE, host + " closed the connection without an answer", e);
    }

    private PluginFailure ended() {
        if (abandoned) {
            return new PluginFailure.Cancelled();
        }
        if (upstream.isClosed()) {
            return new PluginFailure.Retriable(
                    FailureCode.UNAVAILABLE,
                    "the connection to " + upstream.endpoint().host() + " is being closed");
        }
        return new PluginFailure.Retriable(
                FailureCode.TIMEOUT,
                upstream.endpoint().host() + " did not complete the answer within " + seconds(deadline.length()));
    }

    private static PluginFailure timeout(String message, IOException cause) {
        return new PluginFailure.Retriable(FailureCode.TIMEOUT, message, cause);
    }

    private static String seconds(Duration time) {
        return time.toMillis() % 1_000 == 0 ? time.toSeconds() + " s" : time.toMillis() + " ms";
    }
}
