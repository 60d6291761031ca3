package ai.orchestrator.server.http.legacy;

import ai.orchestrator.plugin.FailureCode;
import ai.orchestrator.plugin.PluginFailure;
import ai.orchestrator.plugin.model.FinishReason;
import ai.orchestrator.plugin.model.Message;
import ai.orchestrator.plugin.model.Overflow;
import ai.orchestrator.plugin.model.Prompt;
import ai.orchestrator.plugin.model.ResponseFormat;
import ai.orchestrator.plugin.model.SamplingOptions;
import ai.orchestrator.plugin.model.Thinking;
import ai.orchestrator.plugin.model.ToolChoice;
import ai.orchestrator.server.http.CollectedAnswer;
import ai.orchestrator.server.http.Exchange;
import ai.orchestrator.server.http.ReplyHeaders;
import ai.orchestrator.server.orchestration.Answers;
import ai.orchestrator.server.orchestration.CacheControl;
import ai.orchestrator.server.orchestration.ChatRequest;
import ai.orchestrator.server.orchestration.ModelName;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

/** Has a model fill in a form, described by a JSON Schema, and takes nothing from it that does not fit. */
final class StructuredAnswers {
    /** Low, so that the same question gets much the same answer; not zero, or a second try would fail as the first. */
    private static final double TEMPERATURE = 0.2;

    /** More than any of the forms can hold, at a token a character. */
    private static final int MAX_TOKENS = 3072;

    private static final ObjectReader STRICT =
            new ObjectMapper().readerFor(JsonNode.class).with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private final Answers answers;

    StructuredAnswers(Answers answers) {
        this.answers = answers;
    }

    /**
     * The form as the model filled it in. An answer that does not fit is asked for once more, past the cache.
     *
     * @param form reads the JSON; empty if it is not the form
     * @throws PluginFailure if no answer fits, or the model fails
     */
    <T> T ask(Exchange exchange, String system, String user, String schema, Function<JsonNode, Optional<T>> form) {
        CacheControl cacheControl = exchange.cacheControl();
        return askOnce(exchange, request(exchange, system, user, schema, cacheControl), form)
                .or(() -> askOnce(exchange, request(exchange, system, user, schema, cacheControl.withNoCache()), form))
                .orElseThrow(() -> new PluginFailure.Retriable(
                        FailureCode.INTERNAL, "The model's answer was not of the form that was asked for, twice."));
    }

    private <T> Optional<T> askOnce(Exchange exchange, ChatRequest request, Function<JsonNode, Optional<T>> form) {
        AtomicReference<Optional<T>> read = new AtomicReference<>(Optional.empty());
        CollectedAnswer.answer(exchange, answers, request, answer -> {
            if (answer.finished().reason() != FinishReason.LENGTH) {
                read.set(parse(answer.text()).flatMap(form));
            }
            if (read.get().isPresent()) {
                ReplyHeaders.add(exchange.response(), answer.start());
                ReplyHeaders.add(exchange.response(), answer.end());
            }
        });
        return read.get();
    }

    private static Optional<JsonNode> parse(String json) {
        try {
            return Optional.of(STRICT.<JsonNode>readValue(json));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static ChatRequest request(
            Exchange exchange, String system, String user, String schema, CacheControl cacheControl) {
        return new ChatRequest(
                exchange.requestId(),
                ModelName.AUTO,
                new Prompt.Chat(List.of(Message.of("system", system), Message.of("user", user))),
                SamplingOptions.builder()
                        .temperature(TEMPERATURE)
                        .numPredict(MAX_TOKENS)
                        .build(),
                new ResponseFormat.JsonSchema(schema),
                List.of(),
                ToolChoice.AUTO,
                Thinking.OFF,
                OptionalInt.empty(),
                Overflow.DEFAULT,
                Optional.empty(),
                Map.of(),
                cacheControl,
                exchange.caller(),
                false);
    }
}
