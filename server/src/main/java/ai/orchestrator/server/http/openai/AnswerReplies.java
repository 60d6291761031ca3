package ai.orchestrator.server.http.openai;

import ai.orchestrator.server.http.CollectedAnswer;
import ai.orchestrator.server.http.Exchange;
import ai.orchestrator.server.http.Guard;
import ai.orchestrator.server.http.ModelChecks;
import ai.orchestrator.server.http.ReplyHeaders;
import ai.orchestrator.server.http.ServerSentEvents;
import ai.orchestrator.server.http.V1Json;
import ai.orchestrator.server.orchestration.Answers;
import ai.orchestrator.server.orchestration.ChatRequest;
import java.util.List;

/** Has a request answered, as a stream or whole. */
final class AnswerReplies {
    private final Answers answers;
    private final ModelChecks checks;

    AnswerReplies(Answers answers, ModelChecks checks) {
        this.answers = answers;
        this.checks = checks;
    }

    /** @param includeUsage whether a stream ends with what the answer took */
    void answer(Exchange exchange, ChatRequest request, ReplyShape shape, boolean includeUsage) {
        ReplyWriter writer = new ReplyWriter(shape);
        checks.naming(request.model(), () -> {
            if (request.stream()) {
                stream(exchange, request, writer, includeUsage);
            } else {
                CollectedAnswer.answer(exchange, answers, request, answer -> whole(exchange, writer, answer));
            }
        });
    }

    /** Answers a request that asked nothing but to load its model. */
    void nothing(Exchange exchange, ReplyShape shape, boolean stream) {
        ReplyWriter writer = new ReplyWriter(shape);
        if (!stream) {
            V1Json.send(exchange, writer::loaded);
            return;
        }
        exchange.response().header(ServerSentEvents.TYPE);
        ServerSentEvents events = new ServerSentEvents(exchange, false);
        events.send(json -> writer.last(json, "load", List.of()));
        events.sendText(StreamedReply.DONE);
        events.end();
    }

    private void stream(Exchange exchange, ChatRequest request, ReplyWriter writer, boolean includeUsage) {
        StreamedReply reply = new StreamedReply(exchange, writer, includeUsage);
        Guard.stream(
                exchange,
                () -> {
                    answers.answer(request, reply);
                    reply.requireEnd();
                },
                reply::fail);
    }

    private static void whole(Exchange exchange, ReplyWriter writer, CollectedAnswer answer) {
        Piece all = new Piece(answer.text(), answer.thinking(), answer.calls(), 0, answer.logprobs());
        ReplyHeaders.add(exchange.response(), answer.start());
        ReplyHeaders.add(exchange.response(), answer.end());
        V1Json.send(
                exchange,
                json -> writer.whole(
                        json,
                        all,
                        answer.finished(),
                        answer.end().costUsd(),
                        answer.start().sources()));
    }
}
