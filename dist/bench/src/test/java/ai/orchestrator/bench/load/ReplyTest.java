package ai.orchestrator.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ReplyTest {
    private static final String HEAD = "HTTP/1.1 200 OK\r\nDate: now\r\nx-cache: HIT\r\nX-CACHE-TIER:  redis\r\n";

    private final Reply reply = new Reply();

    @Test
    void aReplyIsCompleteWithItsLastByteHoweverItArrives() throws Exception {
        String whole = HEAD + "Content-Length: 5\r\n\r\nhello";
        for (int at = 0; at < whole.length() - 1; at++) {
            assertThat(take(whole.substring(at, at + 1))).isFalse();
            assertThat(reply.bodyBegun()).isEqualTo(at >= whole.indexOf("hello"));
        }
        assertThat(take("o")).isTrue();
        assertHead();
    }

    @Test
    void chunksEndWithAnEmptyOne() throws Exception {
        String whole = HEAD + "Transfer-Encoding: chunked\r\n\r\nA\r\n0123456789\r\n1\r\nx\r\n0\r\n\r\n";
        for (int at = 0; at < whole.length() - 1; at++) {
            assertThat(take(whole.substring(at, at + 1))).isFalse();
        }
        assertThat(take("\n")).isTrue();
        assertHead();

        reply.clear();
        assertThat(reply.status()).isZero();
        assertThat(reply.cache()).isEmpty();
        assertThat(take(whole)).isTrue();
        assertHead();
    }

    @Test
    void aReplyWithoutABodyEndsWithItsHead() throws Exception {
        assertThat(take("HTTP/1.1 503 Busy\r\nContent-Length: 0\r\n\r\n")).isTrue();
        assertThat(reply.status()).isEqualTo(503);
        assertThat(reply.bodyBegun()).isFalse();
    }

    @Test
    void whatIsNoReplyIsRefused() {
        assertThatThrownBy(() -> take("SSH-2.0 hello there\r\n\r\n")).isInstanceOf(MalformedReplyException.class);
    }

    @Test
    void moreThanOneReplyIsRefused() {
        assertThatThrownBy(() -> take("HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nxH"))
                .isInstanceOf(MalformedReplyException.class);
    }

    @Test
    void aChunkWithoutASizeIsRefused() {
        assertThatThrownBy(() -> take("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n"))
                .isInstanceOf(MalformedReplyException.class);
    }

    private void assertHead() {
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.cache()).isEqualTo("HIT");
        assertThat(reply.tier()).isEqualTo("redis");
        assertThat(Expected.hit("redis").isMetBy(reply)).isTrue();
        assertThat(Expected.hit("memory").isMetBy(reply)).isFalse();
        assertThat(Expected.MISS.isMetBy(reply)).isFalse();
    }

    private boolean take(String text) throws MalformedReplyException {
        return reply.take(ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII)));
    }
}
