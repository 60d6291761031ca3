package ai.orchestrator.server.web;

import ai.orchestrator.server.web.PageFailure.Kind;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.MediaType;
import okhttp3.Response;

/** Takes one answer in. */
final class PageReception implements Callback {
    /** In bytes, after unpacking. */
    static final int LONGEST = 2 << 20;

    private static final String PDF = "application/pdf";

    private final Set<String> types;
    private final CompletableFuture<Reply> reply = new CompletableFuture<>();

    /** @param types the media types whose bodies are read */
    PageReception(Set<String> types) {
        this.types = types;
    }

    /** The answer, or the {@link PageFailure} that tells why there is none. */
    CompletableFuture<Reply> reply() {
        return reply;
    }

    @Override
    public void onResponse(Call call, Response response) {
        try (response) {
            Optional<MediaType> type = Optional.ofNullable(response.body().contentType());
            Optional<String> location = Optional.ofNullable(response.header("Location"));
            byte[] body = response.code() == 200 ? body(call, response, type) : new byte[0];
            if (response.code() != 200) {
                // closing alone would first read on
                call.cancel();
            }
            reply.complete(new Reply(response.code(), location, type, body));
        } catch (IOException e) {
            reply.completeExceptionally(
                    e instanceof SocketTimeoutException || call.isCanceled()
                            ? new PageFailure(Kind.TIMEOUT, "The page did not come in time.")
                            : new PageFailure(Kind.BROKEN_OFF, "The page's answer broke off."));
        } catch (RuntimeException e) {
            reply.completeExceptionally(e);
        }
    }

    private byte[] body(Call call, Response response, Optional<MediaType> type) throws IOException {
        String packing =
                Optional.ofNullable(response.header("Content-Encoding")).orElse("identity");
        if (!packing.equalsIgnoreCase("identity")) {
            call.cancel();
            throw new PageFailure(Kind.WRONG_TYPE, "The page is packed in a way that was not asked for.");
        }
        if (!type.map(PageReception::name).map(types::contains).orElse(false)) {
            call.cancel();
            throw new PageFailure(
                    Kind.WRONG_TYPE,
                    types.contains(PDF)
                            ? "The page is neither text nor HTML nor JSON nor PDF."
                            : "The page is neither text nor HTML nor JSON.");
        }
        byte[] body = response.body().byteStream().readNBytes(LONGEST + 1);
        if (body.length > LONGEST) {
            call.cancel();
            throw new PageFailure(Kind.TOO_LARGE, "The page is longer than 2 MB.");
        }
        return body;
    }

    static String name(MediaType type) {
        return type.type() + "/" + type.subtype();
    }

    @Override
    public void onFailure(Call call, IOException e) {
        reply.completeExceptionally(failure(e));
    }

    private static PageFailure failure(IOException e) {
        if (Stream.concat(Stream.of(e), Arrays.stream(e.getSuppressed()))
                .anyMatch(PrivateAddressException.class::isInstance)) {
            return new PageFailure(
                    Kind.PRIVATE_ADDRESS, "The page's host leads to an address that is not of the public web.");
        }
        return switch (e) {
            case UnknownHostException unknown ->
                new PageFailure(Kind.UNKNOWN_HOST, "The name of the page's host is not known.");
            case SocketTimeoutException slow ->
                new PageFailure(Kind.TIMEOUT, "The page's host did not answer in time.");
            case SSLException untrusted ->
                new PageFailure(Kind.UNREACHABLE, "The page's host has no certificate that is trusted.");
            default -> new PageFailure(Kind.UNREACHABLE, "The page's host cannot be reached.");
        };
    }
}
