package ai.orchestrator.server.plugin;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.net.URL;
import java.net.URLClassLoader;
import java.net.URLConnection;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;
import org.pf4j.processor.ExtensionStorage;

/**
 * The extensions of a plugin, out of the index of each of its jars. PF4J's own finder reads only the first index that it meets, and its annotation
 * processor writes an empty one into libraries that are built beside plugins.
 */
final class ExtensionIndex {
    private static final String RESOURCE = "META-INF/extensions.idx";

    private ExtensionIndex() {}

    /** The names of the extension classes, sorted. */
    static Set<String> read(URLClassLoader plugin) throws BrokenPluginException {
        Set<String> names = new TreeSet<>();
        try {
            for (URL index : Collections.list(plugin.findResources(RESOURCE))) {
                URLConnection connection = index.openConnection();
                // a cached connection would keep the jar open after the plugin is unloaded
                connection.setUseCaches(false);
                try (Reader reader = new InputStreamReader(connection.getInputStream(), StandardCharsets.UTF_8)) {
                    ExtensionStorage.read(reader, names);
                }
            }
            return names;
        } catch (IOException e) {
            throw new BrokenPluginException("its " + RESOURCE + " cannot be read", e);
        }
    }
}
