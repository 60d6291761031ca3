package ai.orchestrator.server.http.admin;

import ai.orchestrator.plugin.cache.DurableCacheTier.Progress;
import ai.orchestrator.server.http.Exchange;
import ai.orchestrator.server.http.Guard;
import ai.orchestrator.server.http.HttpProblem;
import ai.orchestrator.server.http.JsonLines;
import ai.orchestrator.server.http.JsonText;
import java.time.Duration;

/** Work whose progress is told in lines of JSON now and then; the last one is its outcome, or its error. A client that leaves ends the work. */
final class ProgressLines implements Progress {
    private static final long INTERVAL = Duration.ofMillis(100).toNanos();

    private final Exchange exchange;
    private final String status;
    private final JsonLines lines;
    private boolean begun;
    private long due = System.nanoTime();

    /** Does it, and returns what the last line says. */
    @FunctionalInterface
    interface Work {
        JsonText.Writing run(Progress progress);
    }

    private ProgressLines(Exchange exchange, String status) {
        this.exchange = exchange;
        this.status = status;
        this.lines = new JsonLines(exchange);
    }

    static void answer(Exchange exchange, boolean stream, String status, Work work) {
        if (!stream) {
            exchange.sendJson(JsonText.of(work.run((done, total) -> exchange.requireClient())));
            return;
        }
        ProgressLines progress = new ProgressLines(exchange, status);
        Guard.stream(
                exchange,
                () -> {
                    progress.send(work.run(progress));
                    progress.lines.end();
                },
                progress::fail);
    }

    @Override
    public void at(long done, long total) {
        exchange.requireClient();
        if (System.nanoTime() - due < 0) {
            return;
        }
        due = System.nanoTime() + INTERVAL;
        send(json -> {
            json.writeStartObject();
            json.writeStringField("status", status);
            json.writeNumberField("completed", done);
            json.writeNumberField("total", Math.max(done, total));
            json.writeEndObject();
        });
    }

    private void send(JsonText.Writing line) {
        if (!begun) {
            begun = true;
            exchange.response().header(Exchange.NDJSON);
        }
        lines.send(line);
    }

    private void fail(HttpProblem problem) {
        send(json -> {
            json.writeStartObject();
            json.writeStringField("error", problem.getMessage());
            json.writeEndObject();
        });
        lines.end();
    }
}
