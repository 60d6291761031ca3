package ai.orchestrator.server.http.legacy;

import ai.orchestrator.server.http.BodyForm;
import ai.orchestrator.server.http.ErrorStyle;
import ai.orchestrator.server.http.Routes;
import ai.orchestrator.server.http.Surface;
import ai.orchestrator.server.orchestration.Answers;
import ai.orchestrator.server.orchestration.ModelCatalog;
import java.time.Clock;
import java.util.function.BooleanSupplier;

/** The old service's endpoints; its chat shares {@code /api/chat} with Ollama's, which has to be given {@link #chatForm}. */
public final class LegacySurface implements Surface {
    private final LegacyChat chat;
    private final AnalyzeLogs analyzeLogs;
    private final GenerateScript generateScript;
    private final Readiness readiness;

    /**
     * The endpoints on a pipeline.
     *
     * @param modelLoaded whether the local model can answer
     * @param version the product's own version
     */
    public LegacySurface(
            Answers answers,
            ModelCatalog catalog,
            LegacyDefaults defaults,
            BooleanSupplier modelLoaded,
            String version,
            Clock clock) {
        StructuredAnswers structured = new StructuredAnswers(answers);
        chat = new LegacyChat(answers, catalog, defaults, clock);
        analyzeLogs = new AnalyzeLogs(structured, defaults.maxBodyBytes(), clock);
        generateScript = new GenerateScript(structured, defaults.maxBodyBytes(), clock);
        readiness = new Readiness(modelLoaded, version, clock);
    }

    /** The old service's chat. */
    public BodyForm chatForm() {
        return chat;
    }

    @Override
    public void addTo(Routes routes) {
        routes.get("/api/health", ErrorStyle.PLAIN, readiness::health)
                .get("/api/ready", ErrorStyle.PLAIN, readiness::ready)
                .post("/api/analyze-logs", LegacyErrors.LOGS, analyzeLogs)
                .post("/api/generate-script", LegacyErrors.SCRIPT, generateScript);
    }
}
