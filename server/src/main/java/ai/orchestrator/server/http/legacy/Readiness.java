package ai.orchestrator.server.http.legacy;

import ai.orchestrator.server.http.ErrorStyle;
import ai.orchestrator.server.http.Exchange;
import ai.orchestrator.server.http.HttpProblem;
import ai.orchestrator.server.http.JsonText;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** {@code GET /api/health} and {@code GET /api/ready}. */
final class Readiness {
    private static final Duration SOON = Duration.ofSeconds(5);

    private final BooleanSupplier modelLoaded;
    private final String version;
    private final Clock clock;
    private final Instant started;

    Readiness(BooleanSupplier modelLoaded, String version, Clock clock) {
        this.modelLoaded = modelLoaded;
        this.version = version;
        this.clock = clock;
        this.started = clock.instant();
    }

    void health(Exchange exchange) {
        boolean loaded = modelLoaded.getAsBoolean();
        exchange.sendJson(body(loaded ? "healthy" : "initializing", loaded));
    }

    void ready(Exchange exchange) {
        if (modelLoaded.getAsBoolean()) {
            exchange.sendJson(body("ready", true));
            return;
        }
        exchange.sendProblem(
                new HttpProblem(503, "Service not ready - AI model still loading", Optional.of(SOON)),
                ErrorStyle.PLAIN);
    }

    private byte[] body(String status, boolean loaded) {
        return JsonText.of(json -> {
            json.writeStartObject();
            json.writeStringField("status", status);
            json.writeBooleanField("model_loaded", loaded);
            json.writeNumberField(
                    "uptime_seconds", Duration.between(started, clock.instant()).toSeconds());
            json.writeStringField("version", version);
            json.writeEndObject();
        });
    }
}
