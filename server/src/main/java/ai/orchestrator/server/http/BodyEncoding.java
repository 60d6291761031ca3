package ai.orchestrator.server.http;

import com.github.luben.zstd.ZstdInputStream;
import io.helidon.http.HeaderNames;
import io.helidon.http.Headers;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.zip.GZIPInputStream;

/** How a request's body is packed, by its {@code Content-Encoding}. */
enum BodyEncoding {
    /** Not at all. */
    NONE {
        @Override
        InputStream open(InputStream packed) {
            return packed;
        }
    },
    /** RFC 1952. */
    GZIP {
        @Override
        InputStream open(InputStream packed) throws IOException {
            return new GZIPInputStream(packed);
        }
    },
    /** RFC 8878. */
    ZSTD {
        @Override
        InputStream open(InputStream packed) throws IOException {
            return new ZstdInputStream(packed).setLongMax(MAX_WINDOW_LOG);
        }
    };

    /** The largest body that is unpacked, in bytes, as Ollama has it. */
    static final long MAX_UNPACKED = 20L << 20;

    /** 32 MB: the whole of the largest body, so that what a frame asks for stays within what it may hold. */
    private static final int MAX_WINDOW_LOG = 25;

    abstract InputStream open(InputStream packed) throws IOException;

    /**
     * What the headers say.
     *
     * @throws HttpProblem if it is an encoding that this server does not know
     */
    static BodyEncoding of(Headers headers) {
        if (!headers.contains(HeaderNames.CONTENT_ENCODING)) {
            return NONE;
        }
        String name = String.join(",", headers.get(HeaderNames.CONTENT_ENCODING).allValues());
        return switch (name.strip().toLowerCase(Locale.ROOT)) {
            case "", "identity" -> NONE;
            case "gzip", "x-gzip" -> GZIP;
            case "zstd" -> ZSTD;
            default ->
                throw new HttpProblem(
                        415, "the Content-Encoding of the request is not supported: send it plain, or by gzip or zstd");
        };
    }

    /**
     * The body as it was before it was packed.
     *
     * @throws HttpProblem if it is broken, or larger than {@code maxBytes} or {@link #MAX_UNPACKED}
     */
    byte[] unpack(byte[] packed, long maxBytes) {
        if (this == NONE || packed.length == 0) {
            return packed;
        }
        long most = Math.min(maxBytes, MAX_UNPACKED);
        byte[] bytes;
        try (InputStream in = open(new ByteArrayInputStream(packed))) {
            bytes = in.readNBytes((int) most + 1);
        } catch (IOException e) {
            throw HttpProblem.badRequest("the request body cannot be unpacked as " + name().toLowerCase(Locale.ROOT));
        }
        if (bytes.length > most) {
            throw new HttpProblem(413, "request body is larger than " + most + " bytes when unpacked");
        }
        return bytes;
    }
}
