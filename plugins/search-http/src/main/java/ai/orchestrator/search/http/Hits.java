package ai.orchestrator.search.http;

import ai.orchestrator.plugin.search.SearchHit;
import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;
import okhttp3.HttpUrl;

/** Makes hits of what services say, all of which may be missing, null, of another type, too long or HTML. */
public final class Hits {
    /** In characters, as the next. */
    private static final int LONGEST_TITLE = 300;

    private static final int LONGEST_SNIPPET = 2_000;

    private Hits() {}

    /** The hit, or empty if it has no web address. */
    public static Optional<SearchHit> hit(
            JsonNode url, JsonNode title, String snippet, Optional<Instant> date, OptionalDouble score) {
        String address = url.asText("").strip();
        HttpUrl parsed = HttpUrl.parse(address);
        if (parsed == null) {
            return Optional.empty();
        }
        String name = PlainText.shorten(PlainText.of(title.asText("")), LONGEST_TITLE);
        return Optional.of(new SearchHit(
                strict(address, parsed),
                name.isEmpty() ? parsed.host() : name,
                PlainText.shorten(PlainText.of(snippet), LONGEST_SNIPPET),
                date,
                score));
    }

    /** A number, or empty for what is none. */
    public static OptionalDouble score(JsonNode score) {
        double value = score.asDouble(Double.NaN);
        return Double.isFinite(value) ? OptionalDouble.of(value) : OptionalDouble.empty();
    }

    /** The address as it came, or with the characters escaped that browsers allow and the standard does not. */
    private static String strict(String url, HttpUrl parsed) {
        try {
            return new URI(url).toString();
        } catch (URISyntaxException e) {
            return parsed.uri().toString();
        }
    }
}
