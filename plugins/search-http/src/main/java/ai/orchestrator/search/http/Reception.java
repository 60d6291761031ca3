package ai.orchestrator.search.http;

import ai.orchestrator.plugin.FailureCode;
import ai.orchestrator.plugin.PluginFailure;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLException;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/** Takes one reply in. */
final class Reception implements Callback {
    /** In bytes, after decompression, as the next. */
    private static final int LONGEST_ANSWER = 2 << 20;

    private static final int LONGEST_REFUSAL = 64 << 10;

    private final String service;
    private final CompletableFuture<Reply> reply = new CompletableFuture<>();
    private volatile @Nullable Reply refusal;

    Reception(String service) {
        this.service = service;
    }

    /** The reply once it is whole, or the {@link PluginFailure} that tells why there is none. */
    CompletableFuture<Reply> reply() {
        return reply;
    }

    /** What has come of a refusal whose body is still on its way. */
    Optional<Reply> refusal() {
        return Optional.ofNullable(refusal);
    }

    @Override
    public void onResponse(Call call, Response response) {
        try (response) {
            reply.complete(response.isSuccessful() ? answer(call, response) : refusal(call, response));
        } catch (IOException e) {
            reply.completeExceptionally(
                    new PluginFailure.Retriable(FailureCode.BROKEN_OFF, service + "'s answer broke off.", e));
        } catch (RuntimeException e) {
            reply.completeExceptionally(e);
        }
    }

    @Override
    public void onFailure(Call call, IOException e) {
        reply.completeExceptionally(
                new PluginFailure.Retriable(FailureCode.UNAVAILABLE, service + " cannot be reached" + why(e) + ".", e));
    }

    private Reply answer(Call call, Response response) throws IOException {
        byte[] body = response.body().byteStream().readNBytes(LONGEST_ANSWER + 1);
        if (body.length > LONGEST_ANSWER) {
            // closing alone would first read on
            call.cancel();
            throw new PluginFailure.Permanent(FailureCode.BAD_REPLY, service + "'s answer is longer than 2 MB.");
        }
        return new Reply(response.request().url(), response.code(), response.headers(), body);
    }

    private Reply refusal(Call call, Response response) {
        Reply head = new Reply(response.request().url(), response.code(), response.headers(), new byte[0]);
        refusal = head;
        try {
            byte[] body = response.body().byteStream().readNBytes(LONGEST_REFUSAL);
            if (body.length == LONGEST_REFUSAL) {
                call.cancel();
            }
            return new Reply(response.request().url(), response.code(), response.headers(), body);
        } catch (IOException e) {
            return head;
        }
    }

    /** The reason without the address, which the operator knows and others need not. */
    private static String why(IOException e) {
        return switch (e) {
            case UnknownHostException unknown -> ": its name is not known";
            case SocketTimeoutException slow -> ": there was no connection in time";
            case ConnectException refused -> ": the connection is refused";
            case SSLException untrusted -> ": its certificate is not trusted, or it speaks no TLS";
            default -> "";
        };
    }
}
