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

/** Reads one element of {@code results}, whose fields may all be missing, null or of another type. */
final class ResultReader {
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
        return host(url).map(host -> {
            String title = PlainText.of(result.path("title").asText(""));
            return new SearchHit(
                    url,
                    title.isEmpty() ? host : title,
                    PlainText.of(result.path("content").asText("")),
                    date(result.path("publishedDate").asText("")),
                    score(result.path("score")));
        });
    }

    private static Optional<String> host(String url) {
        try {
            URI uri = new URI(url);
            boolean web = "http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme());
            return web ? Optional.ofNullable(uri.getHost()) : Optional.empty();
        } catch (URISyntaxException e) {
            return Optional.empty();
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
