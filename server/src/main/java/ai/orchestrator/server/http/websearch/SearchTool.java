package ai.orchestrator.server.http.websearch;

import ai.orchestrator.plugin.model.ToolDefinition;
import java.net.URI;
import java.util.List;
import java.util.Locale;

/**
 * The search that a client lets the server make.
 *
 * @param maxSearches most searches for one answer, at least 0; never more than {@link #MOST}
 * @param allowedDomains hosts, with a path if you like, that results must come from, their subdomains included; empty for all
 * @param blockedDomains such hosts that no result may come from
 * @param required whether an answer fails, with status 502, where a search cannot be made; else the model answers without it
 */
public record SearchTool(int maxSearches, List<String> allowedDomains, List<String> blockedDomains, boolean required) {
    /** What the model calls it; a tool of the client's own by this name gives way. */
    public static final String NAME = "web_search";

    /** Most searches for one answer. */
    public static final int MOST = 3;

    private static final String PARAMETERS =
            "{\"type\":\"object\",\"properties\":{\"query\":{\"type\":\"string\",\"description\":\"What to look for\"}},"
                    + "\"required\":[\"query\"]}";

    public SearchTool {
        maxSearches = Math.clamp(maxSearches, 0, MOST);
        allowedDomains = List.copyOf(allowedDomains);
        blockedDomains = List.copyOf(blockedDomains);
    }

    /** What the model is told of it. */
    ToolDefinition definition() {
        return new ToolDefinition(NAME, "Searches the web and returns excerpts of the best pages.", PARAMETERS);
    }

    /** Whether some results may have to be left out. */
    boolean filters() {
        return !allowedDomains.isEmpty() || !blockedDomains.isEmpty();
    }

    /** Whether a result may come from this address. */
    boolean allows(String url) {
        return (allowedDomains.isEmpty() || allowedDomains.stream().anyMatch(domain -> isWithin(url, domain)))
                && blockedDomains.stream().noneMatch(domain -> isWithin(url, domain));
    }

    private static boolean isWithin(String url, String domain) {
        URI page;
        try {
            page = URI.create(url);
        } catch (IllegalArgumentException e) {
            return false;
        }
        if (page.getHost() == null) {
            return false;
        }
        String host = page.getHost().toLowerCase(Locale.ROOT);
        String wanted = domain.strip().toLowerCase(Locale.ROOT);
        int slash = wanted.indexOf('/');
        String wantedHost = slash < 0 ? wanted : wanted.substring(0, slash);
        String wantedPath = slash < 0 ? "" : domain.strip().substring(slash);
        return (host.equals(wantedHost) || host.endsWith("." + wantedHost))
                && String.valueOf(page.getPath()).startsWith(wantedPath);
    }
}
