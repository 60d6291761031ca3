package ai.orchestrator.model.llamacpp;

import ai.orchestrator.plugin.Units;
import java.time.Duration;

/** How long a model stays loaded after its last use, as operators write it. A negative length means for ever. */
final class KeepAlive {
    static final Duration FOREVER = Duration.ofSeconds(-1);

    private KeepAlive() {}

    /**
     * Reads {@code 5m} and the like, a bare number of seconds, or any negative number for ever.
     *
     * @throws IllegalArgumentException if the text is none of these
     */
    static Duration parse(String text) {
        if (text.startsWith("-")) {
            Units.duration(text.substring(1).matches("\\d+") ? text.substring(1) + "s" : text.substring(1));
            return FOREVER;
        }
        return Units.duration(text.matches("\\d+") ? text + "s" : text);
    }
}
