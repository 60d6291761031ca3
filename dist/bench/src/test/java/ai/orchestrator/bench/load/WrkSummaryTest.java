package ai.orchestrator.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class WrkSummaryTest {
    private static final String HEAD = """
            Running 2s test @ http://127.0.0.1:40123/
              1 threads and 64 connections
              Thread Stats   Avg      Stdev     Max   +/- Stdev
                Latency     1.93ms    1.21ms  21.74ms   91.43%
                Req/Sec    17.02k     1.95k   19.82k    80.00%
              33868 requests in 2.01s, 38.97MB read
            """;
    private static final String RATE = """
            Requests/sec:  16934.00
            Transfer/sec:     19.39MB
            """;

    @Test
    void requestsAndTheirTimeAreRead() throws Exception {
        WrkSummary summary = WrkSummary.of(HEAD + RATE);

        assertThat(summary).isEqualTo(new WrkSummary(33_868, Duration.ofSeconds(2)));
    }

    @Test
    void aRequestThatFailedIsAnError() {
        assertThatThrownBy(() -> WrkSummary.of(HEAD + "  Non-2xx or 3xx responses: 12\n" + RATE))
                .isInstanceOf(IOException.class)
                .hasMessage("wrk had requests that failed: Non-2xx or 3xx responses: 12");
        assertThatThrownBy(
                        () -> WrkSummary.of(HEAD + "  Socket errors: connect 0, read 3, write 0, timeout 1\n" + RATE))
                .isInstanceOf(IOException.class)
                .hasMessage("wrk had requests that failed: Socket errors: connect 0, read 3, write 0, timeout 1");
    }

    @Test
    void nothingAnsweredIsAnError() {
        assertThatThrownBy(() -> WrkSummary.of(
                        "  0 requests in 2.00s, 0.00B read\nRequests/sec:      0.00\nTransfer/sec:       0.00B\n"))
                .isInstanceOf(IOException.class)
                .hasMessage("no request of wrk was answered");
    }

    @Test
    void otherOutputIsShown() {
        assertThatThrownBy(() -> WrkSummary.of("wrk.lua:1: unexpected symbol\n"))
                .isInstanceOf(IOException.class)
                .hasMessage("wrk gave no summary:\nwrk.lua:1: unexpected symbol\n");
    }
}
