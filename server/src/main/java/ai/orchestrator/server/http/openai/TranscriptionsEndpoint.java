package ai.orchestrator.server.http.openai;

import ai.orchestrator.server.http.Endpoint;
import ai.orchestrator.server.http.Exchange;
import ai.orchestrator.server.http.HttpProblem;
import ai.orchestrator.server.http.ModelChecks;
import ai.orchestrator.server.orchestration.ModelCatalog;
import io.helidon.http.HeaderNames;

/** {@code POST /v1/audio/transcriptions}: checks the form as Ollama does, and then says that no model here listens. */
final class TranscriptionsEndpoint implements Endpoint {
    /** The largest recording, in bytes, and room for the form around it. */
    private static final long MAX_BODY = (25L << 20) + (64 << 10);

    private final ModelChecks checks;
    private final long maxBodyBytes;

    TranscriptionsEndpoint(ModelCatalog catalog, long maxBodyBytes) {
        this.checks = new ModelChecks(catalog);
        this.maxBodyBytes = Math.min(maxBodyBytes, MAX_BODY);
    }

    @Override
    public void answer(Exchange exchange) {
        AudioForm form = AudioForm.read(exchange.body(maxBodyBytes), exchange.header(HeaderNames.CONTENT_TYPE));
        if (form.model().isEmpty()) {
            throw HttpProblem.badRequest("model is required");
        }
        long size = form.fileBytes().orElseThrow(() -> HttpProblem.badRequest("file is required: http: no such file"));
        if (size == 0) {
            throw HttpProblem.badRequest("audio file is empty");
        }
        if (checks.find(form.model()).isEmpty()) {
            throw checks.notFound(form.model());
        }
        throw HttpProblem.badRequest(
                "\"" + form.model() + "\" does not support audio: no model of this server transcribes");
    }
}
