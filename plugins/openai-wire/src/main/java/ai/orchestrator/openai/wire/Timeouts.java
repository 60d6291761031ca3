package ai.orchestrator.openai.wire;

import ai.orchestrator.plugin.InvalidSettingException;
import ai.orchestrator.plugin.Settings;
import java.time.Duration;

/**
 * How long a remote server is waited for.
 *
 * @param connect until a connection stands
 * @param firstByte from then on until the reply's head is there; long, since a cold model may take minutes
 * @param idle between two pieces of the reply, its comments included
 * @param total for the whole call, unless the request has its own deadline
 */
public record Timeouts(Duration connect, Duration firstByte, Duration idle, Duration total) {
    private static final Duration LONGEST = Duration.ofDays(1);

    /** {@link #read(Settings, Duration)} with a {@code first_byte_timeout} of 2m. */
    public static Timeouts read(Settings settings) {
        return read(settings, Duration.ofMinutes(2));
    }

    /**
     * Reads {@code connect_timeout} (5s), {@code first_byte_timeout}, {@code idle_timeout} (60s) and {@code total_timeout} (10m).
     *
     * @throws InvalidSettingException if one is not above zero, or is longer than a day
     */
    public static Timeouts read(Settings settings, Duration firstByte) {
        return new Timeouts(
                bounded(settings, "connect_timeout", Duration.ofSeconds(5)),
                bounded(settings, "first_byte_timeout", firstByte),
                bounded(settings, "idle_timeout", Duration.ofSeconds(60)),
                bounded(settings, "total_timeout", Duration.ofMinutes(10)));
    }

    private static Duration bounded(Settings settings, String name, Duration fallback) {
        Duration value = settings.duration(name, fallback);
        if (!value.isPositive() || value.compareTo(LONGEST) > 0) {
            throw new InvalidSettingException(name, "expected more than 0 and at most 1d");
        }
        return value;
    }
}
