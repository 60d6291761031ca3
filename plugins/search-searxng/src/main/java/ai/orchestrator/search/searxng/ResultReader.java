package ai.orchestrator.search.searxng;

import ai.orchestrator.plugin.search.SearchHit;
import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import okhttp3.HttpUrl;

/** Reads one element of {@code results}, whose fields may all be missing, null or of another type. */
final class ResultReader {
    /** In characters, as the next. */
    private static final int LONGEST_TITLE = 300;

    private static final int LONGEST_SNIPPET = 2_000;

    private static final DateTimeFormatter DATE = new DateTimeFormatterBuilder()
            .append(DateTimeFormatter.ISO_LOCAL_DATE)
            .optionalStart()
            .appendLiteral('T')
            .append(DateTimeFormatter.ISO_LOCAL_TIME)
            .optionalStart()
            .appendOffsetId()
            .toFormatter(Locale.ROOT);

    private ResultReader() {}

    /** The hit, or empty if it has no web address. */
    static Optional<SearchHit> hit(JsonNode result) {
        String url = result.path("url").asText("").strip();
        HttpUrl parsed = HttpUrl.parse(url);
        if (parsed == null) {
            return Optional.empty();
        }
        String title = PlainText.shorten(PlainText.of(result.path("title").asText("")), LONGEST_TITLE);
        return Optional.of(new SearchHit(
                strict(url, parsed),
                title.isEmpty() ? parsed.host() : title,
                PlainText.shorten(PlainText.of(result.path("content").asText("")), LONGEST_SNIPPET),
                date(result.path("publishedDate").asText("")),
                score(result.path("score"))));
    }

    /** The address as it came, or with the characters escaped that browsers allow and the standard does not. */
    private static String strict(String url, HttpUrl parsed) {
        try {
            return new URI(url).toString();
        } catch (URISyntaxException e) {
            return parsed.uri().toString();
        }
    }

    /** A date without an offset is taken as UTC. */
    private static Optional<Instant> date(String text) {
        try {
            return Optional.of(
                    switch (DATE.parseBest(
                            text.strip().replace(' ', 'T'),
                            OffsetDateTime::from,
                            LocalDateTime::from,
                            LocalDate::from)) {
                        case OffsetDateTime moment -> moment.toInstant();
                        case LocalDateTime moment -> moment.toInstant(ZoneOffset.UTC);
                        case LocalDate day -> day.atStartOfDay().toInstant(ZoneOffset.UTC);
                        default -> throw new DateTimeParseException("not a date", text, 0);
                    });
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    private static OptionalDouble score(JsonNode score) {
        double value = score.asDouble(Double.NaN);
        return Double.isFinite(value) ? OptionalDouble.of(value) : OptionalDouble.empty();
    }
}
