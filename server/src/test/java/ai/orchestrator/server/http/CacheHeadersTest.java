package ai.orchestrator.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import ai.orchestrator.server.orchestration.CacheControl;
import ai.orchestrator.server.orchestration.Caller;
import io.helidon.http.HeaderNames;
import io.helidon.http.WritableHeaders;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CacheHeadersTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
                    no-cache                        | true  | false | false | -
                    No-Store                        | false | true  | false | -
                    only-if-cached, max-stale=3     | false | false | true  | -
                    max-age=60                      | false | false | false | 60
                    max-age="60" , no-cache         | true  | false | false | 60
                    max-age=0                       | false | false | false | 0
                    max-age=soon                    | false | false | false | -
                    max-age=-1                      | false | false | false | -
                    max-age=999999999999            | false | false | false | 315360000
                    max-age=99999999999999999999999 | false | false | false | -
                    ,,=,no cache,no-transform       | false | false | false | -
                    """)
    void readsTheDirectivesItKnows(String header, boolean noCache, boolean noStore, boolean only, Long maxAge) {
        WritableHeaders<?> headers = WritableHeaders.create();
        headers.add(HeaderNames.CACHE_CONTROL, header);

        assertThat(CacheHeaders.read(headers))
                .isEqualTo(new CacheControl(
                        noCache,
                        noStore,
                        only,
                        Optional.ofNullable(maxAge).map(Duration::ofSeconds),
                        Set.of(),
                        Optional.empty()));
    }

    @Test
    void readsTagsAndPassesOverWhatIsNone() {
        WritableHeaders<?> headers = WritableHeaders.create();
        headers.add(HeaderNames.create("X-Cache-Tags"), "a, b:1 ,<c>, " + "d".repeat(65));

        assertThat(CacheHeaders.read(headers).tags()).containsExactlyInAnyOrder("a", "b:1");
    }

    @Test
    void asksNothingWithoutHeaders() {
        assertThat(CacheHeaders.read(WritableHeaders.create())).isEqualTo(CacheControl.DEFAULT);
    }

    @Test
    void leavesCredentialsOutOfTheCaller() {
        WritableHeaders<?> headers = WritableHeaders.create();
        headers.add(HeaderNames.AUTHORIZATION, "Bearer x");
        headers.add(HeaderNames.COOKIE, "a=b");
        headers.add(HeaderNames.create("X-Api-Key"), "x");
        headers.add(HeaderNames.create("X-Session-Token"), "x");
        headers.add(HeaderNames.create("X-Team"), "blue", "green");
        Caller caller = Callers.of(headers, "");

        assertThat(caller.headers()).containsOnly(Map.entry("x-team", "blue, green"));
        assertThat(caller.tenant()).isEmpty();
    }
}
