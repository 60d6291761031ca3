package ai.orchestrator.server.http.legacy;

import ai.orchestrator.plugin.model.ModelEvent;
import ai.orchestrator.server.http.Exchange;
import ai.orchestrator.server.http.HttpProblem;
import ai.orchestrator.server.http.JsonLines;
import ai.orchestrator.server.http.JsonText;
import ai.orchestrator.server.http.ReplyHeaders;
import ai.orchestrator.server.http.Timestamps;
import ai.orchestrator.server.orchestration.AnswerEnd;
import ai.orchestrator.server.orchestration.AnswerSink;
import ai.orchestrator.server.orchestration.AnswerStart;
import ai.orchestrator.server.orchestration.CacheStatus;
import ai.orchestrator.server.unicode.Surrogates;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/** The old service's stream: a line a piece, then one that says where the answer came from. */
final class LegacyStream implements AnswerSink {
    private final Exchange exchange;
    private final String conversation;
    private final Clock clock;
    private final JsonLines lines;
    private @Nullable AnswerStart start;
    private boolean ended;

    LegacyStream(Exchange exchange, String conversation, Clock clock) {
        this.exchange = exchange;
        this.conversation = conversation;
        this.clock = clock;
        this.lines = new JsonLines(exchange);
    }

    @Override
    public void start(AnswerStart known) {
        start = known;
        exchange.response().header(Exchange.NDJSON);
        ReplyHeaders.add(exchange.response(), known);
    }

    @Override
    public void event(ModelEvent event) {
        AnswerStart known = started();
        switch (event) {
            case ModelEvent.Text(String text, var _) -> piece(known, Surrogates.repair(text));
            case ModelEvent.Think ignored -> idle();
            case ModelEvent.Call ignored -> idle();
            case ModelEvent.Finished ignored ->
                lines.send(json -> {
                    begin(json, known, "", true);
                    LegacyReplies.cache(json, known);
                    json.writeStringField("conversation_id", conversation);
                    json.writeEndObject();
                });
        }
    }

    @Override
    public void onLeave(Runnable action) {
        exchange.onLeave(action);
    }

    @Override
    public void idle() {
        exchange.requireClient();
        if (start != null) {
            piece(start, "");
        }
    }

    @Override
    public void end(AnswerEnd end) {
        ended = true;
        lines.end();
    }

    void requireEnd() {
        if (!ended) {
            throw new IllegalStateException("an answer ended early and without a failure");
        }
    }

    /** Ends a stream that broke off. */
    void fail(HttpProblem problem) {
        lines.send(json -> {
            json.writeStartObject();
            json.writeStringField("error", LegacyErrors.CHAT.failed());
            json.writeStringField("details", problem.getMessage());
            json.writeEndObject();
        });
        lines.end();
    }

    private void piece(AnswerStart known, String text) {
        JsonText.Writing line = json -> {
            begin(json, known, text, false);
            json.writeEndObject();
        };
        if (known.cache() == CacheStatus.HIT) {
            lines.buffer(line);
        } else {
            lines.send(line);
        }
    }

    private void begin(JsonGenerator json, AnswerStart known, String text, boolean done) throws IOException {
        json.writeStartObject();
        json.writeStringField("model", known.model());
        json.writeStringField("created_at", Timestamps.utc(clock.instant()));
        json.writeStringField("response", text);
        json.writeBooleanField("done", done);
    }

    private AnswerStart started() {
        if (start == null) {
            throw new IllegalStateException("a piece came before the start");
        }
        return start;
    }
}
