package ai.orchestrator.plugin;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The only exceptions that a service throws at the host. The message is shown to clients: no secret, no path of this machine. */
public abstract sealed class PluginFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final FailureCode code;
    private final @Nullable Duration retryAfter;

    private PluginFailure(FailureCode code, String message, @Nullable Duration retryAfter, @Nullable Throwable cause) {
        super(message, cause);
        this.code = code;
        this.retryAfter = retryAfter;
    }

    /** Why. */
    public FailureCode code() {
        return code;
    }

    /** How long the far side asks callers to wait before they try again. */
    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }

    /** The message, which is always there. */
    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }

    /** The same call may succeed later, or elsewhere. */
    public static final class Retriable extends PluginFailure {
        private static final long serialVersionUID = 1L;

        public Retriable(FailureCode code, String message) {
            super(code, message, null, null);
        }

        public Retriable(FailureCode code, String message, Throwable cause) {
            super(code, message, null, cause);
        }

        public Retriable(FailureCode code, String message, Duration retryAfter) {
            super(code, message, retryAfter, null);
        }
    }

    /** The same call to the same service will fail again; another service may do better. */
    public static final class Permanent extends PluginFailure {
        private static final long serialVersionUID = 1L;

        public Permanent(FailureCode code, String message) {
            super(code, message, null, null);
        }

        public Permanent(FailureCode code, String message, Throwable cause) {
            super(code, message, null, cause);
        }
    }

    /** Nobody waits for the answer any more. Thrown by the host's callbacks; a service lets it pass. */
    public static final class Cancelled extends PluginFailure {
        private static final long serialVersionUID = 1L;

        public Cancelled() {
            super(FailureCode.BROKEN_OFF, "request canceled", null, null);
        }
    }
}
