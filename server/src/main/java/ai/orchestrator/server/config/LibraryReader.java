package ai.orchestrator.server.config;

import ai.orchestrator.plugin.Settings;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** Reads the section {@code library}. */
final class LibraryReader {
    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.:-]{0,199}");
    private static final Map<String, URI> USUAL = Map.of(
            "registry.ollama.ai", URI.create("https://registry.ollama.ai"),
            "hf.co", URI.create("https://hf.co"),
            "huggingface.co", URI.create("https://huggingface.co"));

    private LibraryReader() {}

    static LibraryConfig read(Section section) {
        Settings settings = section.settings();
        Map<String, URI> registries = new HashMap<>(USUAL);
        List<Map.Entry<String, URI>> given = section.sections("registries", LibraryReader::registry);
        given.forEach(registry -> registries.put(registry.getKey(), registry.getValue()));
        return new LibraryConfig(settings.text("folder", "models"), settings.flag("read_only", false), registries);
    }

    private static Map.Entry<String, URI> registry(Section section) {
        String host = section.settings().text("host");
        if (!HOST.matcher(host).matches()) {
            throw section.bad("host", "expected the host that models' names begin with, such as registry.ollama.ai");
        }
        return Map.entry(host.toLowerCase(Locale.ROOT), address(section));
    }

    private static URI address(Section section) {
        try {
            URI address = new URI(section.settings().text("url"));
            boolean web = "https".equals(address.getScheme()) || "http".equals(address.getScheme());
            if (web
                    && address.getHost() != null
                    && address.getUserInfo() == null
                    && address.getQuery() == null
                    && address.getFragment() == null) {
                return address;
            }
        } catch (URISyntaxException e) {
            // refused below, as any other text is that is no address
        }
        throw section.bad("url", "expected the registry's address, such as https://registry.ollama.ai");
    }
}
