package ai.orchestrator.server.cache;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LookupRecordTest {
    private final LookupRecord record = new LookupRecord();

    @Test
    void threeFailuresInARowTakeATierOut() {
        assertThat(record.failed()).isFalse();
        assertThat(record.failed()).isFalse();
        assertThat(record.answered(false)).isFalse();
        assertThat(record.failed()).isFalse();
        assertThat(record.failed()).isFalse();
        assertThat(record.isOut()).isFalse();

        assertThat(record.failed()).isTrue();

        assertThat(record.isOut()).isTrue();
        assertThat(record.failed()).as("only once").isFalse();
    }

    @Test
    void halfOfTheLastLookupsBeingSlowTakesATierOut() {
        for (int i = 0; i < 18; i++) {
            assertThat(record.answered(i % 2 == 0)).isFalse();
        }
        assertThat(record.answered(true)).isTrue();
        assertThat(record.isOut()).isTrue();
    }

    @Test
    void nowAndThenASlowLookupDoesNoHarm() {
        for (int i = 0; i < 1_000; i++) {
            assertThat(record.answered(i % 3 == 0)).isFalse();
        }
        assertThat(record.isOut()).isFalse();
    }

    @Test
    void whatIsCalledBackBeginsAnew() {
        record.takeOut();
        record.failed();
        record.failed();

        record.callBack();

        assertThat(record.isOut()).isFalse();
        assertThat(record.failed()).isFalse();
        for (int i = 0; i < 9; i++) {
            assertThat(record.answered(true)).isFalse();
        }
    }
}
