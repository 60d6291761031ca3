package ai.orchestrator.server.http.ollama;

import ai.orchestrator.server.http.Endpoint;
import ai.orchestrator.server.http.Exchange;
import ai.orchestrator.server.http.HttpProblem;
import ai.orchestrator.server.http.JsonObject;
import ai.orchestrator.server.http.ModelChecks;
import ai.orchestrator.server.orchestration.ModelLibrary;
import ai.orchestrator.server.orchestration.ModelName;

/** {@code POST /api/pull}. */
final class PullEndpoint implements Endpoint {
    private final ModelLibrary library;
    private final long maxBodyBytes;

    PullEndpoint(ModelLibrary library, long maxBodyBytes) {
        this.library = library;
        this.maxBodyBytes = maxBodyBytes;
    }

    @Override
    public void answer(Exchange exchange) {
        JsonObject body = exchange.jsonBody(maxBodyBytes).members("PullRequest");
        String name = ModelNaming.of(body);
        // how a registry is reached is the configuration's to say
        body.bool("insecure");
        boolean stream = body.bool("stream").orElse(true);
        ModelChecks.requireOneSource(name);
        if (ModelName.parse(name).isEmpty()) {
            throw HttpProblem.badRequest("invalid model name");
        }
        ProgressReply.answer(exchange, stream, progress -> library.pull(name, progress));
    }
}
