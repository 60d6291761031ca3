package ai.orchestrator.bench.cache;

import static org.assertj.core.api.Assertions.assertThat;

import ai.orchestrator.bench.load.Expected;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;

class CountsTest {
    @Test
    void answersAreCountedByWhatTheyHaveToBe() throws Exception {
        Counts counts = new Counts(
                new ObjectMapper()
                        .readTree(
                                "{\"requests\":{\"answered\":9},\"cache\":{\"hits\":5,\"hits_by_tier\":{\"memory\":4},\"misses\":3}}"));

        assertThat(counts.of(Expected.hit("memory"))).isEqualTo(4);
        assertThat(counts.of(Expected.hit("redis"))).isZero();
        assertThat(counts.of(Expected.MISS)).isEqualTo(3);
        assertThat(counts.of(Expected.ANSWER)).isEqualTo(9);
    }
}
