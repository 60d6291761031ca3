package ai.orchestrator.server.config;

import ai.orchestrator.plugin.Settings;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads the section {@code calls}. */
final class CallReader {
    private static final Duration LONGEST = Duration.ofHours(1);

    private CallReader() {}

    /** @param models the configured providers, whose names {@code max_at_once} may use */
    static CallConfig read(Section section, List<ServiceConfig> models) {
        CallConfig usual = CallConfig.DEFAULT;
        Settings settings = section.settings();
        Duration firstPause = duration(section, "pause", usual.firstPause());
        return new CallConfig(
                (int) settings.number("retries", usual.retries(), 0, 10),
                duration(section, "first_wait", usual.firstWait()),
                duration(section, "longest_wait", usual.longestWait()),
                (int) settings.number("failures", usual.failures(), 1, 1_000),
                firstPause,
                firstPause.compareTo(usual.longestPause()) > 0 ? firstPause : usual.longestPause(),
                section.section("max_at_once", limits -> mostAtOnce(limits, models)));
    }

    private static Map<String, Integer> mostAtOnce(Section limits, List<ServiceConfig> models) {
        Map<String, Integer> most = new HashMap<>();
        for (ServiceConfig provider : models) {
            int limit = (int) limits.settings().number(provider.name(), 0, 0, 100_000);
            if (limit > 0) {
                most.put(provider.name(), limit);
            }
        }
        return most;
    }

    private static Duration duration(Section section, String name, Duration fallback) {
        Duration value = section.settings().duration(name, fallback);
        if (!value.isPositive() || value.compareTo(LONGEST) > 0) {
            throw section.bad(name, "expected more than 0 and at most 1h");
        }
        return value;
    }
}
