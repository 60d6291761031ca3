package ai.orchestrator.server;

import ai.orchestrator.server.config.OrchestratorConfig;
import ai.orchestrator.server.config.Product;
import ai.orchestrator.server.http.HttpSettings;
import ai.orchestrator.server.http.Surface;
import ai.orchestrator.server.http.anthropic.AnthropicSurface;
import ai.orchestrator.server.http.legacy.LegacyDefaults;
import ai.orchestrator.server.http.legacy.LegacySurface;
import ai.orchestrator.server.http.ollama.CloudStatus;
import ai.orchestrator.server.http.ollama.CloudSurface;
import ai.orchestrator.server.http.ollama.LibrarySurface;
import ai.orchestrator.server.http.ollama.OllamaSurface;
import ai.orchestrator.server.http.openai.OpenAiSurface;
import ai.orchestrator.server.http.responses.ResponsesSurface;
import ai.orchestrator.server.http.websearch.SearchingAnswers;
import ai.orchestrator.server.orchestration.Answers;
import ai.orchestrator.server.orchestration.ModelCatalog;
import ai.orchestrator.server.orchestration.ModelLibrary;
import ai.orchestrator.server.orchestration.WebPages;
import ai.orchestrator.server.orchestration.WebSearch;
import ai.orchestrator.server.search.QuotedEvidence;
import ai.orchestrator.server.template.RequestTemplates;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/** The wire formats that clients speak, each on the one pipeline. */
final class Surfaces {
    private static final double DEFAULT_TOP_P = 0.9;

    private Surfaces() {}

    /** What clients ask of; the operator's own endpoints are not among them. */
    static List<Surface> of(
            OrchestratorConfig config,
            Answers answers,
            ModelCatalog catalog,
            ModelLibrary library,
            WebSearch search,
            WebPages pages,
            QuotedEvidence evidence,
            LocalModel localModel,
            Clock clock) {
        long maxBody = config.server().maxBody();
        var cloud = config.server().cloud();
        LegacySurface legacy =
                new LegacySurface(answers, catalog, legacyDefaults(config), localModel::ready, Product.VERSION, clock);
        SearchingAnswers searching = new SearchingAnswers(answers, search, evidence);
        return List.of(
                new OllamaSurface(answers, catalog, new RequestTemplates(), legacy.chatForm(), maxBody),
                new CloudSurface(
                        new CloudStatus(cloud.isOff(), cloud.source()),
                        search,
                        Optional.of(pages),
                        catalog,
                        HttpSettings.DEFAULT_MAX_BODY),
                new LibrarySurface(catalog, library, maxBody),
                new OpenAiSurface(answers, catalog, maxBody),
                new AnthropicSurface(answers, searching, catalog, maxBody),
                new ResponsesSurface(answers, searching, catalog, maxBody),
                legacy);
    }

    private static LegacyDefaults legacyDefaults(OrchestratorConfig config) {
        return new LegacyDefaults(
                config.legacy().model(),
                config.legacy().temperature(),
                config.legacy().topP().orElse(DEFAULT_TOP_P),
                config.legacy().maxTokens(),
                config.server().legacyMaxBody());
    }
}
