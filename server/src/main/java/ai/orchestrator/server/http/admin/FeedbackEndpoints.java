package ai.orchestrator.server.http.admin;

import ai.orchestrator.server.http.Exchange;
import ai.orchestrator.server.http.HttpProblem;
import ai.orchestrator.server.http.JsonObject;
import ai.orchestrator.server.http.JsonText;
import ai.orchestrator.server.http.Rights;
import ai.orchestrator.server.orchestration.Feedback;
import ai.orchestrator.server.orchestration.Feedback.Given;
import ai.orchestrator.server.orchestration.Feedback.Verdict;
import com.fasterxml.jackson.core.JsonGenerator;
import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** {@code POST} and {@code GET /api/feedback}. Who is no admin judges answers to his own tenant. */
final class FeedbackEndpoints {
    private static final Header TSV =
            HeaderValues.createCached(HeaderNames.CONTENT_TYPE, "text/tab-separated-values; charset=utf-8");
    private static final Set<String> MEMBERS = Set.of("request_id", "verdict", "comment");
    private static final int LONGEST_ID = 128;
    private static final int LONGEST_COMMENT = 4_000;
    private static final long MAX_BODY = 65_536;

    private final Feedback feedback;

    FeedbackEndpoints(Feedback feedback) {
        this.feedback = feedback;
    }

    void give(Exchange exchange) {
        JsonObject body = exchange.jsonBody(MAX_BODY).members("");
        for (String name : body.names()) {
            if (!MEMBERS.contains(name)) {
                throw HttpProblem.badRequest("feedback has 'request_id', 'verdict' and 'comment', not '" + name + "'");
            }
        }
        String requestId = body.text("request_id");
        if (requestId.isBlank() || requestId.length() > LONGEST_ID) {
            throw HttpProblem.badRequest("'request_id' must be what came as X-Request-Id with the answer");
        }
        Verdict verdict =
                switch (body.text("verdict")) {
                    case "good" -> Verdict.GOOD;
                    case "bad" -> Verdict.BAD;
                    default -> throw HttpProblem.badRequest("'verdict' must be 'good' or 'bad'");
                };
        String comment = body.text("comment").strip();
        if (comment.length() > LONGEST_COMMENT) {
            throw HttpProblem.badRequest("'comment' must not be longer than " + LONGEST_COMMENT + " characters");
        }
        if (!feedback.give(requestId, Rights.limitedTo(), verdict, comment)) {
            throw new HttpProblem(404, "no answer to the request " + requestId + " is remembered");
        }
        exchange.sendJson(JsonText.of(json -> {
            json.writeStartObject();
            json.writeStringField("request_id", requestId);
            json.writeStringField("verdict", name(verdict));
            json.writeEndObject();
        }));
    }

    void show(Exchange exchange) {
        QueryParameters parameters = new QueryParameters(exchange, List.of("format"));
        if (parameters.wants("tsv", "text/tab-separated-values")) {
            exchange.send(200, TSV, feedback.outcomes().getBytes(StandardCharsets.UTF_8));
            return;
        }
        List<Given> all = feedback.all();
        exchange.sendJson(JsonText.of(json -> {
            json.writeStartObject();
            json.writeArrayFieldStart("feedback");
            for (Given given : all) {
                write(json, given);
            }
            json.writeEndArray();
            json.writeEndObject();
        }));
    }

    private static void write(JsonGenerator json, Given given) throws IOException {
        json.writeStartObject();
        json.writeStringField("at", given.at().toString());
        json.writeStringField("request_id", given.requestId());
        json.writeStringField("key", given.tenant());
        json.writeStringField("route", given.route());
        json.writeStringField("model", given.model());
        json.writeBooleanField("strong", given.strong());
        json.writeStringField("verdict", name(given.verdict()));
        json.writeStringField("comment", given.comment());
        json.writeStringField("prompt", given.prompt());
        json.writeEndObject();
    }

    private static String name(Verdict verdict) {
        return verdict.name().toLowerCase(Locale.ROOT);
    }
}
