package ai.orchestrator.server.orchestration;

import java.util.Locale;
import java.util.Optional;

/**
 * Where a model has to run by the end of its name, as Ollama reads it: {@code :local} on this machine, {@code :cloud} or a tag that ends in
 * {@code -cloud} elsewhere.
 *
 * @param base the name without that
 * @param remote whether elsewhere
 */
public record ModelSource(String base, boolean remote) {
    private static final String CLOUD_TAG = "-cloud";

    /** The source that a name asks for; empty where it asks for none. */
    public static Optional<ModelSource> of(String name) {
        String text = name.strip();
        int colon = text.lastIndexOf(':');
        String tag = text.substring(colon + 1).toLowerCase(Locale.ROOT);
        if (colon < 1 || tag.contains("/")) {
            return Optional.empty();
        }
        if (tag.equals("cloud") || tag.equals("local")) {
            return Optional.of(new ModelSource(text.substring(0, colon), tag.equals("cloud")));
        }
        return tag.endsWith(CLOUD_TAG) && tag.length() > CLOUD_TAG.length()
                ? Optional.of(new ModelSource(text.substring(0, text.length() - CLOUD_TAG.length()), true))
                : Optional.empty();
    }

    /** Whether a name asks for a source twice. */
    public static boolean isAmbiguous(String name) {
        return of(name).flatMap(source -> of(source.base())).isPresent();
    }
}
