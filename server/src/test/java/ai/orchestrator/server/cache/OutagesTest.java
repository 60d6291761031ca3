package ai.orchestrator.server.cache;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class OutagesTest {
    private final AtomicLong now = new AtomicLong(-5);
    private final Outages outages = new Outages(now::get);

    @Test
    void countsThemAndAddsTheirTimeUp() {
        outages.begin("frozen");
        now.addAndGet(Duration.ofSeconds(2).toNanos());
        assertThat(outages.reason()).isEqualTo("frozen");
        assertThat(outages.total()).as("while it lasts").isEqualTo(Duration.ofSeconds(2));

        assertThat(outages.end()).isEqualTo(Duration.ofSeconds(2));
        now.addAndGet(Duration.ofSeconds(10).toNanos());
        outages.begin("gone");
        now.addAndGet(Duration.ofSeconds(1).toNanos());
        outages.end();

        assertThat(outages.reason()).isEmpty();
        assertThat(outages.count()).isEqualTo(2);
        assertThat(outages.total()).isEqualTo(Duration.ofSeconds(3));
    }
}
