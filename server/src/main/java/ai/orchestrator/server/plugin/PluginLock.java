package ai.orchestrator.server.plugin;

import ai.orchestrator.server.config.ConfigException;
import ai.orchestrator.server.digest.Digests;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The sums that plugin files must have, where {@code config/plugins.lock} gives them: lines as {@code sha256sum} writes them in the plugin
 * folder. Without that file every plugin is allowed; with it, a file that it does not list is not.
 */
final class PluginLock {
    private static final String FILE = "config/plugins.lock";
    private static final Pattern LINE = Pattern.compile("([0-9a-f]{64})[ \\t]+\\*?(?:\\./)?(\\S.*)");

    private final Optional<Map<String, String>> sums;

    private PluginLock(Optional<Map<String, String>> sums) {
        this.sums = sums;
    }

    /** @throws ConfigException if the file is there and cannot be used */
    static PluginLock read(Path home) {
        Path file = home.resolve(FILE);
        if (!Files.exists(file)) {
            return new PluginLock(Optional.empty());
        }
        try {
            return new PluginLock(Optional.of(parse(Files.readAllLines(file))));
        } catch (IOException e) {
            throw new ConfigException(FILE + ": cannot be read as text", e);
        }
    }

    /** Refuses a plugin of which any file is not listed with its sum. */
    void check(PluginFile plugin) throws BrokenPluginException {
        if (sums.isEmpty()) {
            return;
        }
        try {
            for (Path file : plugin.files()) {
                String name = String.valueOf(
                                plugin.path().resolveSibling(".").normalize().relativize(file.normalize()))
                        .replace('\\', '/');
                String expected = sums.get().get(name);
                if (expected == null) {
                    throw new BrokenPluginException(FILE + " does not list " + name);
                }
                if (!expected.equals(sha256(file))) {
                    throw new BrokenPluginException(FILE + " has another SHA-256 sum for " + name);
                }
            }
        } catch (IOException e) {
            throw new BrokenPluginException("cannot be read", e);
        }
    }

    private static Map<String, String> parse(List<String> lines) {
        Map<String, String> sums = new HashMap<>();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            Matcher entry = LINE.matcher(line);
            if (!entry.matches()) {
                throw new ConfigException(FILE + ":" + (i + 1) + ": expected a SHA-256 sum and a file's name");
            }
            sums.put(entry.group(2), entry.group(1));
        }
        return sums;
    }

    private static String sha256(Path file) throws IOException {
        return HexFormat.of().formatHex(Digests.sha256(file).digest());
    }
}
