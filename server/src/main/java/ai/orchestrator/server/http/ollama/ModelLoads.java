package ai.orchestrator.server.http.ollama;

import ai.orchestrator.plugin.model.ModelInfo;
import ai.orchestrator.server.http.Exchange;
import ai.orchestrator.server.http.JsonObject;
import ai.orchestrator.server.http.JsonText;
import ai.orchestrator.server.http.ModelChecks;
import ai.orchestrator.server.orchestration.ModelCatalog;
import java.time.Duration;
import java.util.Optional;

/** Answers requests that ask nothing: they load a model, or unload it. */
final class ModelLoads {
    private final ModelCatalog catalog;
    private final ModelChecks checks;

    ModelLoads(ModelCatalog catalog, ModelChecks checks) {
        this.catalog = catalog;
        this.checks = checks;
    }

    static boolean isUnload(Optional<Duration> keepAlive) {
        return keepAlive.filter(Duration::isZero).isPresent();
    }

    /** @param request what it asks for; of its options the length of the context counts */
    void load(Exchange exchange, JsonObject request, String name, Optional<ModelInfo> model, ReplyShape shape) {
        ModelInfo found = model.orElseThrow(() -> checks.notFound(name));
        catalog.load(found, OptionsReader.read(request), KeepAlive.of(request));
        reply(exchange, name, shape, "load");
    }

    void unload(Exchange exchange, String name, Optional<ModelInfo> model, ReplyShape shape) {
        catalog.unload(model.orElseThrow(() -> checks.notFound(name)));
        reply(exchange, name, shape, "unload");
    }

    private static void reply(Exchange exchange, String name, ReplyShape shape, String reason) {
        ReplyWriter writer = new ReplyWriter(name, shape);
        exchange.sendJson(JsonText.of(json -> writer.withoutAnswer(json, reason)));
    }
}
