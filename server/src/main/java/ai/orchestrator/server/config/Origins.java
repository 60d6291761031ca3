package ai.orchestrator.server.config;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Where each setting was given, and which texts are secrets that no message may show. */
public final class Origins {
    private static final int SHORTEST_SECRET = 4;
    private static final Pattern SECRET_NAME = Pattern.compile("(^|.*_)(key|token|secret|password|passwd)");
    /** What stands before the host; without a colon it may be a password alone, as Redis has it, and is not shown either. */
    private static final Pattern URL_PASSWORD = Pattern.compile("://(?:[^/@:\\s]*:)?([^/\\s]+)@");

    private static final Pattern URL_PARAMETER =
            Pattern.compile("(?i)[?&][^=&\\s]*(?:key|token|secret|password|passwd)=([^&#\\s]+)");

    private final String file;
    private final Map<String, String> places = new HashMap<>();
    private final Set<String> secrets = new HashSet<>();

    Origins(String file) {
        this.file = file;
    }

    /** The place of a setting or of what is around it, such as {@code config/orchestrator.yaml:12} or {@code environment variable PORT}. */
    public String of(String path) {
        for (String at = path; !at.isEmpty(); at = parent(at)) {
            String place = places.get(at);
            if (place != null) {
                return place;
            }
        }
        return file;
    }

    /** A fault of a setting, in one sentence that says where it is. */
    public ConfigException fault(String path, String message) {
        return new ConfigException(of(path) + ": " + redact(message));
    }

    /** The text without the secrets that the configuration holds. */
    public String redact(String text) {
        String redacted = text;
        for (String secret : secrets) {
            redacted = redacted.replace(secret, "***");
        }
        return redacted;
    }

    void line(String path, int line) {
        places.put(path, file + ":" + line);
    }

    /** A value takes the place of the one in the file and of all that was in it. */
    void override(String path, String place) {
        places.keySet().removeIf(other -> other.startsWith(path + ".") || other.startsWith(path + "["));
        places.put(path, place);
    }

    /** Remembers a value if its name or form says that it is a secret. */
    void noteSecrets(String name, String value) {
        if (SECRET_NAME.matcher(name.toLowerCase(Locale.ROOT)).matches()) {
            addSecret(value);
        }
        for (Pattern pattern : List.of(URL_PASSWORD, URL_PARAMETER)) {
            pattern.matcher(value).results().forEach(found -> addSecret(found.group(1)));
        }
    }

    private void addSecret(String value) {
        if (value.strip().length() >= SHORTEST_SECRET) {
            secrets.add(value.strip());
        }
    }

    private static String parent(String path) {
        return path.substring(0, Math.max(0, Math.max(path.lastIndexOf('.'), path.lastIndexOf('['))));
    }
}
