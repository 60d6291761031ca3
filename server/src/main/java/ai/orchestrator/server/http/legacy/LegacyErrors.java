package ai.orchestrator.server.http.legacy;

import ai.orchestrator.server.http.ErrorStyle;
import ai.orchestrator.server.http.HttpProblem;
import ai.orchestrator.server.http.JsonText;

/**
 * The old service's errors: a short sentence that depends on the endpoint, and the details.
 *
 * @param failed what an error is called that is not the request's
 */
record LegacyErrors(String failed) implements ErrorStyle {
    static final LegacyErrors CHAT = new LegacyErrors("Failed to process chat request");
    static final LegacyErrors LOGS = new LegacyErrors("Failed to analyze logs");
    static final LegacyErrors SCRIPT = new LegacyErrors("Failed to generate script");

    @Override
    public byte[] body(HttpProblem problem) {
        return JsonText.of(json -> {
            json.writeStartObject();
            json.writeStringField("error", isOfTheRequest(problem.status()) ? "Invalid request" : failed);
            json.writeStringField("details", problem.getMessage());
            json.writeEndObject();
        });
    }

    private static boolean isOfTheRequest(int status) {
        return status == 400 || status == 404 || status == 413;
    }
}
