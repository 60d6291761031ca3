package ai.orchestrator.server.http.ollama;

import ai.orchestrator.server.http.Exchange;
import ai.orchestrator.server.http.Guard;
import ai.orchestrator.server.http.HttpProblem;
import ai.orchestrator.server.http.JsonLines;
import ai.orchestrator.server.http.JsonText;
import ai.orchestrator.server.orchestration.LibraryProgress;
import com.fasterxml.jackson.core.JsonGenerator;
import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import java.io.IOException;
import java.util.function.Consumer;

/** Work whose progress is told line by line, or, without a stream, by its last line alone. */
final class ProgressReply {
    private static final Header BARE_JSON = HeaderValues.createCached(HeaderNames.CONTENT_TYPE, "application/json");

    private ProgressReply() {}

    static void answer(Exchange exchange, boolean stream, Consumer<LibraryProgress> work) {
        if (stream) {
            stream(exchange, work);
            return;
        }
        Last last = new Last(exchange);
        work.accept(last);
        exchange.send(200, BARE_JSON, JsonText.of(json -> status(json, last.status)));
    }

    private static void stream(Exchange exchange, Consumer<LibraryProgress> work) {
        Lines lines = new Lines(exchange);
        Guard.stream(
                exchange,
                () -> {
                    work.accept(lines);
                    lines.out.end();
                },
                lines::fail);
    }

    private static void status(JsonGenerator json, String status) throws IOException {
        json.writeStartObject();
        json.writeStringField("status", status);
        json.writeEndObject();
    }

    private static final class Lines implements LibraryProgress {
        private final Exchange exchange;
        private final JsonLines out;
        private boolean begun;

        private Lines(Exchange exchange) {
            this.exchange = exchange;
            this.out = new JsonLines(exchange);
        }

        @Override
        public void status(String status) {
            line(json -> ProgressReply.status(json, status));
        }

        @Override
        public void transferring(String status, String digest, long total, long completed) {
            line(json -> {
                json.writeStartObject();
                json.writeStringField("status", status);
                json.writeStringField("digest", digest);
                json.writeNumberField("total", total);
                if (completed > 0) {
                    json.writeNumberField("completed", completed);
                }
                json.writeEndObject();
            });
        }

        @Override
        public void nothingNew() {
            exchange.requireClient();
        }

        private void line(JsonText.Writing writing) {
            exchange.requireClient();
            if (!begun) {
                begun = true;
                exchange.response().header(Exchange.NDJSON);
            }
            out.send(writing);
        }

        private void fail(HttpProblem problem) {
            out.send(json -> {
                json.writeStartObject();
                json.writeStringField("error", problem.getMessage());
                json.writeEndObject();
            });
            out.end();
        }
    }

    private static final class Last implements LibraryProgress {
        private final Exchange exchange;
        private String status = "";

        private Last(Exchange exchange) {
            this.exchange = exchange;
        }

        @Override
        public void status(String next) {
            status = next;
            exchange.requireClient();
        }

        @Override
        public void transferring(String next, String digest, long total, long completed) {
            exchange.requireClient();
        }

        @Override
        public void nothingNew() {
            exchange.requireClient();
        }
    }
}
