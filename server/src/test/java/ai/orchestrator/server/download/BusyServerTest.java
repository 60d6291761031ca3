package ai.orchestrator.server.download;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpHeaders;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BusyServerTest {
    private static final Duration MOST = Duration.ofSeconds(60);

    private static Duration pause(String retryAfter) {
        return BusyServer.pause(HttpHeaders.of(Map.of("Retry-After", List.of(retryAfter)), (a, b) -> true), MOST);
    }

    @ParameterizedTest
    @CsvSource({"2,2", "' 7 ',7", "0,0", "3600,60", "-1,0", "soon,0", "99999999999999,0"})
    void waitsAsLongAsTheServerWants(String retryAfter, long seconds) {
        assertThat(pause(retryAfter)).isEqualTo(Duration.ofSeconds(seconds));
    }

    @Test
    void readsTimes() {
        ZonedDateTime now = ZonedDateTime.now(ZoneOffset.UTC);

        assertThat(pause(DateTimeFormatter.RFC_1123_DATE_TIME.format(now.plusHours(1))))
                .isEqualTo(MOST);
        assertThat(pause(DateTimeFormatter.RFC_1123_DATE_TIME.format(now.minusHours(1))))
                .isZero();
    }

    @Test
    void neverComesSoonerThanUsual() {
        Duration usual = Duration.ofSeconds(2);

        assertThat(BusyServer.after(new BusyServer("busy", Duration.ofSeconds(9)), usual))
                .isEqualTo(Duration.ofSeconds(9));
        assertThat(BusyServer.after(new BusyServer("busy", Duration.ZERO), usual))
                .isEqualTo(usual);
        assertThat(BusyServer.after(new IOException("broken"), usual)).isEqualTo(usual);
    }
}
