package ai.orchestrator.server.orchestration;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A model's name by Ollama's rules: {@code [host/][namespace/]model[:tag]}, compared without regard to case.
 *
 * @param full the name in lower case with its tag, without Ollama's default host and namespace; with the {@link ModelSource} that it asks for
 */
public record ModelName(String full) {
    /** The name of the model that stands for routing by complexity. */
    public static final String AUTO = "auto:latest";

    private static final int MAX_PART = 80;
    private static final Pattern WITH_SCHEME = Pattern.compile("(?i)https?://[^/]+/[^/]+/[^/]+");
    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.:-]{0,349}");

    /** The name in one spelling; empty if the text is no legal name. */
    public static Optional<ModelName> parse(String text) {
        String name = bare(text);
        int slash = name.lastIndexOf('/');
        String tagged = name.substring(slash + 1);
        int colon = tagged.indexOf(':');
        String model = colon < 0 ? tagged : tagged.substring(0, colon);
        String tag = colon < 0 ? "latest" : tagged.substring(colon + 1);
        if (!isPart(model) || !isPart(withoutSource(tag)) || !legalPrefix(name, slash)) {
            return Optional.empty();
        }
        String prefix = slash < 0 ? "" : name.substring(0, slash + 1);
        return Optional.of(
                new ModelName(shorten(prefix.toLowerCase(Locale.ROOT)) + (model + ":" + tag).toLowerCase(Locale.ROOT)));
    }

    /** A name as it is written without {@code https://}, which may stand before one that has a host. */
    public static String bare(String text) {
        String name = text.strip();
        return name.indexOf(':') > 0 && WITH_SCHEME.matcher(name).matches()
                ? name.substring(name.indexOf("://") + "://".length())
                : name;
    }

    /** Whether a client that names this leaves the choice to the server. */
    public static boolean isAuto(String text) {
        return text.equalsIgnoreCase("auto") || text.equalsIgnoreCase(AUTO);
    }

    @Override
    public String toString() {
        return full;
    }

    /** A letter, digit or underscore, then these and points and hyphens. By hand, since each request comes here several times. */
    private static boolean isPart(String text) {
        if (text.isEmpty() || text.length() > MAX_PART) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean word = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '_';
            if (!word && (i == 0 || c != '.' && c != '-')) {
                return false;
            }
        }
        return true;
    }

    private static String withoutSource(String tag) {
        return tag.indexOf(':') < 0
                ? tag
                : ModelSource.of(tag).map(ModelSource::base).orElse(tag);
    }

    private static boolean legalPrefix(String name, int slash) {
        if (slash < 0) {
            return true;
        }
        String[] parts = name.substring(0, slash).split("/", -1);
        if (parts.length > 2) {
            return false;
        }
        return isPart(parts[parts.length - 1])
                && (parts.length == 1 || HOST.matcher(parts[0]).matches());
    }

    private static String shorten(String prefix) {
        String shorter =
                prefix.startsWith("registry.ollama.ai/") ? prefix.substring("registry.ollama.ai/".length()) : prefix;
        return shorter.equals("library/") ? "" : shorter;
    }
}
