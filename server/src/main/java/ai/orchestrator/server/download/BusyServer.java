package ai.orchestrator.server.download;

import java.io.IOException;
import java.net.http.HttpHeaders;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;

/** A server wants to be asked again later. */
public final class BusyServer extends IOException {
    private static final long serialVersionUID = 1L;

    private final Duration pause;

    /** @param pause how long the server wants to be left alone; zero if it does not say */
    public BusyServer(String message, Duration pause) {
        super(message);
        this.pause = pause;
    }

    /** What {@code Retry-After} says, in seconds or as a time; at most {@code most}. */
    public static Duration pause(HttpHeaders headers, Duration most) {
        Duration wanted =
                headers.firstValue("Retry-After").map(BusyServer::parse).orElse(Duration.ZERO);
        return wanted.compareTo(most) > 0 ? most : wanted;
    }

    /** How long to wait before the next attempt, where one without that wish would wait for {@code usual}. */
    public static Duration after(IOException failure, Duration usual) {
        return failure instanceof BusyServer busy && busy.pause.compareTo(usual) > 0 ? busy.pause : usual;
    }

    private static Duration parse(String text) {
        String plain = text.strip();
        if (plain.matches("\\d{1,9}")) {
            return Duration.ofSeconds(Long.parseLong(plain));
        }
        try {
            Instant when = ZonedDateTime.parse(plain, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
            Duration left = Duration.between(Instant.now(), when);
            return left.isNegative() ? Duration.ZERO : left;
        } catch (DateTimeException e) {
            return Duration.ZERO;
        }
    }
}
