package ai.orchestrator.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import ai.orchestrator.server.orchestration.CacheControl;
import ai.orchestrator.server.orchestration.Caller;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.WritableHeaders;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CacheHeadersTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
                    no-cache                        | true  | false | false | -         | -
                    No-Store                        | false | true  | false | -         | -
                    only-if-cached, max-stale=3     | false | false | true  | -         | -
                    ONLY-IF-CACHED ,MAX-STALE       | false | false | true  | -         | -
                    max-age=60                      | false | false | false | 60        | -
                    max-age="60" , no-cache         | true  | false | false | 60        | -
                    Max-Age = 60,min-fresh=5        | false | false | false | 60        | 5
                    min-fresh="7"                   | false | false | false | -         | 7
                    max-age=0                       | false | false | false | 0         | -
                    max-age=5, max-age=60           | false | false | false | 5         | -
                    max-age=soon, min-fresh         | false | false | false | -         | -
                    max-age=-1, min-fresh=1.5       | false | false | false | -         | -
                    max-age=999999999999            | false | false | false | 315360000 | -
                    max-age=99999999999999999999999 | false | false | false | 315360000 | -
                    no-store=1, no-cache="x"        | true  | true  | false | -         | -
                    x="a, no-store, b", y="\\", no-cache" | false | false | false | - | -
                    x="never ends, no-store         | false | false | false | -         | -
                    ,,=,no cache,no-transform,"     | false | false | false | -         | -
                    """)
    void readsTheDirectivesItKnows(
            String header,
            boolean noCache,
            boolean noStore,
            boolean only,
            @Nullable Long maxAge,
            @Nullable Long minFresh) {
        assertThat(read(HeaderNames.CACHE_CONTROL, header))
                .isEqualTo(new CacheControl(
                        noCache, noStore, only, seconds(maxAge), seconds(minFresh), Set.of(), Optional.empty()));
    }

    @Test
    void readsSeveralFieldsAsOne() {
        CacheControl control = read(HeaderNames.CACHE_CONTROL, "x=\"never ends", "no-store", "max-age=3");

        assertThat(control)
                .isEqualTo(new CacheControl(
                        false, true, false, seconds(3L), Optional.empty(), Set.of(), Optional.empty()));
    }

    @Test
    void pragmaCountsWhereThereIsNoCacheControl() {
        assertThat(read(HeaderNames.PRAGMA, "No-Cache").noCache()).isTrue();
        assertThat(read(HeaderNames.PRAGMA, "no-store, max-age=1, x")).isEqualTo(CacheControl.DEFAULT);

        WritableHeaders<?> both = WritableHeaders.create();
        both.add(HeaderNames.PRAGMA, "no-cache");
        both.add(HeaderNames.CACHE_CONTROL, "max-age=60");
        assertThat(CacheHeaders.read(both).noCache()).isFalse();
    }

    private static CacheControl read(HeaderName name, String... values) {
        WritableHeaders<?> headers = WritableHeaders.create();
        headers.add(name, values);
        return CacheHeaders.read(headers);
    }

    private static Optional<Duration> seconds(@Nullable Long seconds) {
        return Optional.ofNullable(seconds).map(Duration::ofSeconds);
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
