package ai.orchestrator.server.http;

import ai.orchestrator.server.orchestration.CacheControl;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.Headers;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads {@code Cache-Control} and {@code X-Cache-Tags}; what makes no sense is passed over, as RFC 9111 asks. */
final class CacheHeaders {
    private static final HeaderName TAGS = HeaderNames.create("X-Cache-Tags");
    private static final int MAX_TAGS = 16;
    private static final Pattern TAG = Pattern.compile("[A-Za-z0-9_.:-]{1,64}");
    private static final Pattern SECONDS = Pattern.compile("\\d{1,18}");
    private static final long LONGEST = Duration.ofDays(3650).toSeconds();

    private CacheHeaders() {}

    static CacheControl read(Headers headers) {
        if (!headers.contains(HeaderNames.CACHE_CONTROL) && !headers.contains(TAGS)) {
            return CacheControl.DEFAULT;
        }
        boolean noCache = false;
        boolean noStore = false;
        boolean onlyIfCached = false;
        Optional<Duration> maxAge = Optional.empty();
        for (String part : all(headers, HeaderNames.CACHE_CONTROL).split(",", -1)) {
            String directive = part.strip().toLowerCase(Locale.ROOT);
            switch (directive) {
                case "no-cache" -> noCache = true;
                case "no-store" -> noStore = true;
                case "only-if-cached" -> onlyIfCached = true;
                default -> {
                    Optional<Duration> age = maxAge(directive);
                    maxAge = age.isPresent() ? age : maxAge;
                }
            }
        }
        return new CacheControl(noCache, noStore, onlyIfCached, maxAge, tags(headers), Optional.empty());
    }

    private static Optional<Duration> maxAge(String directive) {
        if (!directive.startsWith("max-age=")) {
            return Optional.empty();
        }
        String value = directive.substring("max-age=".length()).replace("\"", "");
        if (!SECONDS.matcher(value).matches()) {
            return Optional.empty();
        }
        return Optional.of(Duration.ofSeconds(Math.min(LONGEST, Long.parseLong(value))));
    }

    private static Set<String> tags(Headers headers) {
        Set<String> tags = new LinkedHashSet<>();
        for (String tag : all(headers, TAGS).split("[,\\s]+", -1)) {
            if (tags.size() < MAX_TAGS && TAG.matcher(tag).matches()) {
                tags.add(tag);
            }
        }
        return Set.copyOf(tags);
    }

    private static String all(Headers headers, HeaderName name) {
        return headers.contains(name) ? String.join(",", headers.get(name).allValues()) : "";
    }
}
