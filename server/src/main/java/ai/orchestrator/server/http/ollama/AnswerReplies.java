package ai.orchestrator.server.http.ollama;

import ai.orchestrator.server.http.CollectedAnswer;
import ai.orchestrator.server.http.Exchange;
import ai.orchestrator.server.http.Guard;
import ai.orchestrator.server.http.JsonText;
import ai.orchestrator.server.http.ModelChecks;
import ai.orchestrator.server.http.ReplyHeaders;
import ai.orchestrator.server.orchestration.Answers;
import ai.orchestrator.server.orchestration.ChatRequest;

/** Has a request answered, as a stream or whole. */
final class AnswerReplies {
    private final Answers answers;
    private final ModelChecks checks;

    AnswerReplies(Answers answers, ModelChecks checks) {
        this.answers = answers;
        this.checks = checks;
    }

    void answer(Exchange exchange, ChatRequest request, ReplyShape shape) {
        ReplyWriter writer = new ReplyWriter(request.model(), shape);
        checks.naming(request.model(), () -> {
            if (request.stream()) {
                stream(exchange, request, writer);
            } else {
                CollectedAnswer.answer(exchange, answers, request, answer -> whole(exchange, writer, answer));
            }
        });
    }

    private void stream(Exchange exchange, ChatRequest request, ReplyWriter writer) {
        StreamedReply reply = new StreamedReply(exchange, writer);
        Guard.stream(
                exchange,
                () -> {
                    answers.answer(request, reply);
                    reply.requireEnd();
                },
                reply::fail);
    }

    private static void whole(Exchange exchange, ReplyWriter writer, CollectedAnswer answer) {
        ReplyHeaders.add(exchange.response(), answer.start());
        ReplyHeaders.add(exchange.response(), answer.end());
        Piece all = Piece.whole(answer);
        exchange.sendJson(JsonText.of(json -> writer.last(
                json,
                answer.start().remote(),
                all,
                answer.finished(),
                answer.text(),
                answer.start().sources(),
                exchange.elapsed())));
    }
}
