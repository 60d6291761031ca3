package ai.orchestrator.server.http;

import ai.orchestrator.server.orchestration.CacheControl;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.Headers;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Reads {@code Cache-Control} and {@code X-Cache-Tags}, and {@code Pragma} where there is no {@code Cache-Control}, as RFC 9111 section 5.4 has it;
 * what makes no sense is passed over.
 */
final class CacheHeaders {
    private static final HeaderName TAGS = HeaderNames.create("X-Cache-Tags");
    private static final int MAX_TAGS = 16;
    private static final Pattern TAG = Pattern.compile("[A-Za-z0-9_.:-]{1,64}");
    private static final Pattern SECONDS = Pattern.compile("[0-9]+");
    private static final int MAX_DIGITS = 18;
    private static final long LONGEST = Duration.ofDays(3650).toSeconds();

    private CacheHeaders() {}

    static CacheControl read(Headers headers) {
        boolean controlled = headers.contains(HeaderNames.CACHE_CONTROL);
        if (!controlled && !headers.contains(HeaderNames.PRAGMA) && !headers.contains(TAGS)) {
            return CacheControl.DEFAULT;
        }
        CacheDirectives asked =
                new CacheDirectives(all(headers, controlled ? HeaderNames.CACHE_CONTROL : HeaderNames.PRAGMA));
        return new CacheControl(
                asked.has("no-cache"),
                controlled && asked.has("no-store"),
                controlled && asked.has("only-if-cached"),
                controlled ? seconds(asked, "max-age") : Optional.empty(),
                controlled ? seconds(asked, "min-fresh") : Optional.empty(),
                tags(headers),
                Optional.empty());
    }

    private static Optional<Duration> seconds(CacheDirectives asked, String name) {
        return asked.argument(name)
                .filter(SECONDS.asMatchPredicate())
                .map(digits -> digits.length() > MAX_DIGITS ? LONGEST : Math.min(LONGEST, Long.parseLong(digits)))
                .map(Duration::ofSeconds);
    }

    private static Set<String> tags(Headers headers) {
        Set<String> tags = new LinkedHashSet<>();
        for (String tag : String.join(",", all(headers, TAGS)).split("[,\\s]+", -1)) {
            if (tags.size() < MAX_TAGS && TAG.matcher(tag).matches()) {
                tags.add(tag);
            }
        }
        return Set.copyOf(tags);
    }

    private static List<String> all(Headers headers, HeaderName name) {
        return headers.contains(name) ? headers.get(name).allValues() : List.of();
    }
}
