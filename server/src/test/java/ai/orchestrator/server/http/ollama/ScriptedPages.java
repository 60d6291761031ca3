package ai.orchestrator.server.http.ollama;

import ai.orchestrator.server.orchestration.WebPages;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Has one page, and fails for what is away or private. */
final class ScriptedPages implements WebPages {
    final List<String> asked = new CopyOnWriteArrayList<>();

    @Override
    public Fetched fetch(String url) {
        asked.add(url);
        if (url.contains("10.0.0.1")) {
            return new Fetched.Refused("The address is private.");
        }
        return url.contains("away")
                ? new Fetched.Failed("Nobody knows the name.")
                : new Fetched.Page("A page", "What it says.", List.of("https://example.org/b"));
    }
}
