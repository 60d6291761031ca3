package ai.orchestrator.search.http;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.TemporalAccessor;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Dates as the services write them. */
public final class Dates {
    private static final DateTimeFormatter ISO = new DateTimeFormatterBuilder()
            .append(DateTimeFormatter.ISO_LOCAL_DATE)
            .optionalStart()
            .appendLiteral('T')
            .append(DateTimeFormatter.ISO_LOCAL_TIME)
            .optionalStart()
            .appendOffsetId()
            .toFormatter(Locale.ROOT);

    private static final List<DateTimeFormatter> FORMS = List.of(
            ISO, DateTimeFormatter.RFC_1123_DATE_TIME, DateTimeFormatter.ofPattern("MMMM d, yyyy", Locale.ENGLISH));

    private Dates() {}

    /**
     * The moment, or empty for what is no date. Without an offset it is taken as UTC.
     *
     * @param text {@code 2026-09-02}, {@code 2026-09-02T10:00:00}, with an offset or without, {@code Wed, 2 Sep 2026 10:00:00 GMT} or
     *     {@code September 2, 2026}
     */
    public static Optional<Instant> read(String text) {
        String stripped = text.strip();
        return FORMS.stream()
                .flatMap(form -> read(form, form == ISO ? stripped.replace(' ', 'T') : stripped).stream())
                .findFirst();
    }

    private static Optional<Instant> read(DateTimeFormatter form, String text) {
        try {
            return Optional.of(
                    moment(form.parseBest(text, OffsetDateTime::from, LocalDateTime::from, LocalDate::from)));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static Instant moment(TemporalAccessor date) {
        return switch (date) {
            case OffsetDateTime moment -> moment.toInstant();
            case LocalDateTime moment -> moment.toInstant(ZoneOffset.UTC);
            case LocalDate day -> day.atStartOfDay().toInstant(ZoneOffset.UTC);
            default -> throw new DateTimeException("not a date");
        };
    }
}
