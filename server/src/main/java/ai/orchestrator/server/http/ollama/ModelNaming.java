package ai.orchestrator.server.http.ollama;

import ai.orchestrator.server.http.JsonObject;

/** The model that a request is about: {@code model}, or {@code name} as older clients say. */
final class ModelNaming {
    private ModelNaming() {}

    /** Empty if the request names none. */
    static String of(JsonObject body) {
        return body.text("model").isEmpty() ? body.text("name") : body.text("model");
    }
}
