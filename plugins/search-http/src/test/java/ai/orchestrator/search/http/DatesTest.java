package ai.orchestrator.search.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DatesTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "2026-09-02|2026-09-02T00:00:00Z",
                "2026-09-02T10:00:00|2026-09-02T10:00:00Z",
                "2026-09-02 10:00:00.250|2026-09-02T10:00:00.250Z",
                " 2026-09-02T10:00:00+02:00 |2026-09-02T08:00:00Z",
                "2026-09-02T10:00:00Z|2026-09-02T10:00:00Z",
                "Wed, 02 Sep 2026 10:00:00 GMT|2026-09-02T10:00:00Z",
                "Wed, 2 Sep 2026 10:00:00 +0200|2026-09-02T08:00:00Z",
                "September 2, 2026|2026-09-02T00:00:00Z"
            })
    void readsWhatServicesWrite(String text, Instant moment) {
        assertThat(Dates.read(text)).contains(moment);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "yesterday", "2 days ago", "2026-13-40", "2026", "null", "99999999999999"})
    void takesNothingElseForADate(String text) {
        assertThat(Dates.read(text)).isEmpty();
    }
}
