package ai.orchestrator.server.http;

import io.helidon.common.buffers.DataReader;
import io.helidon.http.DirectHandler;
import io.helidon.http.HeaderValues;
import io.helidon.http.RequestException;
import io.helidon.http.Status;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.ServerRequest;
import java.io.IOException;
import java.io.InputStream;
import java.util.OptionalLong;

/** Reads request bodies whole, up to a limit. */
final class RequestBody {
    /** A body over the limit is read and dropped up to this many times that limit. */
    private static final int DROPPED_BODY = 2;

    private static final int BUFFER = 1 << 14;

    private RequestBody() {}

    /**
     * The body's bytes, unpacked. One that is too large is read to its end and dropped, so that the client gets to read the reply and can go on with
     * the connection.
     */
    static byte[] read(ServerRequest request, long maxBytes) {
        BodyEncoding encoding = BodyEncoding.of(request.headers());
        return encoding.unpack(asSent(request, maxBytes), maxBytes);
    }

    private static byte[] asSent(ServerRequest request, long maxBytes) {
        OptionalLong announced = request.headers().contentLength();
        if (announced.orElse(0) > maxBytes && request.headers().containsToken(HeaderValues.EXPECT_100)) {
            throw tooLarge(maxBytes);
        }
        if (announced.orElse(0) > DROPPED_BODY * maxBytes) {
            throw farTooLarge();
        }
        try {
            InputStream in = request.content().inputStream();
            int atMost = (int) Math.min(Integer.MAX_VALUE - 8, maxBytes + 1);
            byte[] bytes = in.readNBytes((int) Math.min(announced.orElse(atMost), atMost));
            if (bytes.length > maxBytes || announced.orElse(0) > maxBytes) {
                drop(in, maxBytes);
                throw tooLarge(maxBytes);
            }
            if (announced.isPresent() && in.read() >= 0) {
                throw new CloseConnectionException("a request body is longer than it was announced");
            }
            return bytes;
        } catch (HttpProblem | CloseConnectionException | RequestException e) {
            throw e;
        } catch (IOException | DataReader.InsufficientDataAvailableException e) {
            throw new CloseConnectionException("a request body could not be read", e);
        } catch (RuntimeException e) {
            // what Helidon makes of a chunk that is none; where the next request begins is unknown now
            Inbound.CURRENT.get().end();
            throw RequestException.builder()
                    .type(DirectHandler.EventType.BAD_REQUEST)
                    .message("a request body is not framed as HTTP asks for")
                    .cause(e)
                    .setKeepAlive(false)
                    .build();
        }
    }

    /** Reads a body that is too large to its end, if that is near. */
    private static void drop(InputStream in, long maxBytes) throws IOException {
        byte[] buffer = new byte[BUFFER];
        long dropped = 0;
        for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
            dropped += read;
            if (dropped > (DROPPED_BODY - 1) * maxBytes) {
                throw farTooLarge();
            }
        }
    }

    /** The reply after which the connection is closed, as the rest of the body stays unread. */
    private static RequestException farTooLarge() {
        return RequestException.builder()
                .type(DirectHandler.EventType.OTHER)
                .status(Status.REQUEST_ENTITY_TOO_LARGE_413)
                .message("a request body is far too large")
                .setKeepAlive(false)
                .build();
    }

    private static HttpProblem tooLarge(long maxBytes) {
        return new HttpProblem(413, "request body is larger than " + maxBytes + " bytes");
    }
}
