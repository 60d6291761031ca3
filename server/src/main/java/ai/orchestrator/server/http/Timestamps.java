package ai.orchestrator.server.http;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;

/** RFC 3339 as Go writes it: as many digits of the second as there are, and no zero after them. */
public final class Timestamps {
    private static final DateTimeFormatter LOCAL = new DateTimeFormatterBuilder()
            .appendPattern("uuuu-MM-dd'T'HH:mm:ss")
            .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
            .appendOffset("+HH:MM", "Z")
            .toFormatter();

    private Timestamps() {}

    /** In universal time. */
    public static String utc(Instant instant) {
        String text = instant.toString();
        if (text.indexOf('.') < 0) {
            return text;
        }
        int end = text.length() - 1;
        while (text.charAt(end - 1) == '0') {
            end--;
        }
        return end == text.length() - 1 ? text : text.substring(0, end) + "Z";
    }

    /** In this machine's time. */
    public static String local(Instant instant) {
        return LOCAL.format(instant.atZone(ZoneId.systemDefault()));
    }
}
