package ai.orchestrator.server.http.legacy;

import ai.orchestrator.server.http.CollectedAnswer;
import ai.orchestrator.server.http.Exchange;
import ai.orchestrator.server.http.JsonText;
import ai.orchestrator.server.http.ReplyHeaders;
import ai.orchestrator.server.http.SourcesJson;
import ai.orchestrator.server.http.Timestamps;
import ai.orchestrator.server.orchestration.AnswerStart;
import ai.orchestrator.server.orchestration.CacheStatus;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/** The old service's replies to a chat that is not streamed. */
final class LegacyReplies {
    private LegacyReplies() {}

    static void json(Exchange exchange, CollectedAnswer answer, String conversation, Instant now) {
        addHeaders(exchange, answer);
        exchange.sendJson(JsonText.of(json -> {
            json.writeStartObject();
            json.writeStringField("response", answer.text());
            json.writeStringField("conversation_id", conversation);
            json.writeStringField("timestamp", Timestamps.utc(now));
            cache(json, answer.start());
            SourcesJson.write(json, answer.start().sources());
            json.writeEndObject();
        }));
    }

    static void text(Exchange exchange, CollectedAnswer answer) {
        addHeaders(exchange, answer);
        exchange.send(200, Exchange.TEXT, answer.text().getBytes(StandardCharsets.UTF_8));
    }

    static void cache(JsonGenerator json, AnswerStart start) throws IOException {
        boolean hit = start.cache() == CacheStatus.HIT;
        json.writeBooleanField("cache_hit", hit);
        if (hit && start.tier().isPresent()) {
            json.writeStringField("cache_source", start.tier().get());
        } else {
            json.writeNullField("cache_source");
        }
    }

    private static void addHeaders(Exchange exchange, CollectedAnswer answer) {
        ReplyHeaders.add(exchange.response(), answer.start());
        ReplyHeaders.add(exchange.response(), answer.end());
    }
}
