package ai.orchestrator.server.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecentBodiesTest {
    private final RecentBodies<String> bodies = new RecentBodies<>();
    private final List<String> read = new ArrayList<>();

    @Test
    void the_same_bytes_are_read_once() {
        assertThat(body("{\"a\":1}")).isEqualTo("{\"a\":1}");
        assertThat(body("{\"a\":1}")).isEqualTo("{\"a\":1}");
        assertThat(read).hasSize(1);
    }

    @Test
    void other_bytes_are_another_body_also_where_their_hash_is_the_same() {
        assertThat("Aa".hashCode()).isEqualTo("BB".hashCode());
        assertThat(body("Aa")).isEqualTo("Aa");
        assertThat(body("BB")).isEqualTo("BB");
        assertThat(body("Aa ")).isEqualTo("Aa ");
    }

    @Test
    void a_body_that_is_refused_is_refused_again() {
        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> bodies.read("x".getBytes(UTF_8), true, ignored -> {
                        throw HttpProblem.badRequest("no");
                    }))
                    .isInstanceOf(HttpProblem.class);
        }
    }

    @Test
    void a_long_body_is_not_kept() {
        String body = "x".repeat(100_000);
        body(body);
        body(body);
        assertThat(read).hasSize(2);
    }

    @Test
    void a_body_that_must_not_be_kept_is_not() {
        body("private", false);
        body("private", false);
        body("private", true);
        assertThat(read).hasSize(3);
    }

    private String body(String text) {
        return body(text, true);
    }

    private String body(String text, boolean keep) {
        return bodies.read(text.getBytes(UTF_8), keep, bytes -> {
            read.add(text);
            return new String(bytes, UTF_8);
        });
    }
}
