package ai.orchestrator.server.http.legacy;

import ai.orchestrator.plugin.model.Capability;
import ai.orchestrator.plugin.model.ModelInfo;
import ai.orchestrator.plugin.model.Overflow;
import ai.orchestrator.plugin.model.Prompt;
import ai.orchestrator.plugin.model.ResponseFormat;
import ai.orchestrator.plugin.model.SamplingOptions;
import ai.orchestrator.plugin.model.Thinking;
import ai.orchestrator.plugin.model.ToolChoice;
import ai.orchestrator.server.http.BodyForm;
import ai.orchestrator.server.http.CollectedAnswer;
import ai.orchestrator.server.http.Exchange;
import ai.orchestrator.server.http.Guard;
import ai.orchestrator.server.http.HttpProblem;
import ai.orchestrator.server.http.JsonBody;
import ai.orchestrator.server.http.JsonObject;
import ai.orchestrator.server.http.UnknownMembers;
import ai.orchestrator.server.orchestration.Answers;
import ai.orchestrator.server.orchestration.CacheControl;
import ai.orchestrator.server.orchestration.ChatRequest;
import ai.orchestrator.server.orchestration.ModelCatalog;
import ai.orchestrator.server.orchestration.ModelName;
import com.fasterxml.jackson.databind.JsonNode;
import io.helidon.http.HeaderNames;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;

/** {@code POST /api/chat} as the old service has it: one message, and whatever model this server thinks right. */
final class LegacyChat implements BodyForm {
    private static final double MAX_TEMPERATURE = 2;
    private static final Set<String> KNOWN = Set.of("message", "model", "temperature", "max_tokens", "cache_bypass");
    private static final Pattern UUID_FORM = Pattern.compile("(?i)[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
    private static final List<String> STREAM_TYPES =
            List.of("text/event-stream", "application/x-ndjson", "application/jsonl");

    private final Answers answers;
    private final ModelCatalog catalog;
    private final LegacyDefaults defaults;
    private final Clock clock;

    LegacyChat(Answers answers, ModelCatalog catalog, LegacyDefaults defaults, Clock clock) {
        this.answers = answers;
        this.catalog = catalog;
        this.defaults = defaults;
        this.clock = clock;
    }

    @Override
    public boolean takes(JsonBody body) {
        JsonObject members = body.members("");
        if (members.has("messages")) {
            return false;
        }
        // without a model it is no call of Ollama's either, and the complaint about the message is what helps
        return members.find("message")
                .filter(message -> message.isTextual() || !members.has("model"))
                .isPresent();
    }

    @Override
    public void answer(Exchange exchange, JsonBody body) {
        Guard.run(exchange, LegacyErrors.CHAT, () -> {
            if (body.size() > defaults.maxBodyBytes()) {
                throw new HttpProblem(413, "request body is larger than " + defaults.maxBodyBytes() + " bytes");
            }
            answer(exchange, body.members(""));
        });
    }

    private void answer(Exchange exchange, JsonObject body) {
        String conversation = conversation(body);
        String accept = exchange.header(HeaderNames.ACCEPT).toLowerCase(Locale.ROOT);
        boolean stream =
                body.bool("stream").orElse(false) || STREAM_TYPES.stream().anyMatch(accept::contains);
        ChatRequest request = request(exchange, body, stream);
        if (stream) {
            LegacyStream reply = new LegacyStream(exchange, conversation, clock);
            Guard.stream(
                    exchange,
                    () -> {
                        answers.answer(request, reply);
                        reply.requireEnd();
                    },
                    reply::fail);
        } else if (accept.contains("text/plain") && !accept.contains("application/json")) {
            CollectedAnswer.answer(exchange, answers, request, answer -> LegacyReplies.text(exchange, answer));
        } else {
            CollectedAnswer.answer(
                    exchange,
                    answers,
                    request,
                    answer -> LegacyReplies.json(exchange, answer, conversation, clock.instant()));
        }
    }

    private ChatRequest request(Exchange exchange, JsonObject body, boolean stream) {
        String message = body.text("message");
        if (message.isBlank()) {
            throw HttpProblem.badRequest("'message' must not be empty");
        }
        double temperature = body.number("temperature").orElse(defaults.temperature());
        if (temperature < 0 || temperature > MAX_TEMPERATURE) {
            throw HttpProblem.badRequest("'temperature' must be between 0 and 2");
        }
        int maxTokens = body.integer("max_tokens").orElse(defaults.maxTokens());
        if (maxTokens < 1) {
            throw HttpProblem.badRequest("'max_tokens' must be at least 1");
        }
        boolean bypass = body.bool("cache_bypass").orElse(false);
        CacheControl cacheControl = exchange.cacheControl()
                .withOldName(OldName.of(
                        message,
                        body.find("model")
                                .map(JsonNode::asText)
                                .or(defaults::model)
                                .orElse(OldName.MODEL),
                        body.number("temperature").orElse(OldName.TEMPERATURE),
                        body.integer("max_tokens").orElse(OldName.MAX_TOKENS)));
        return new ChatRequest(
                exchange.requestId(),
                model(body),
                Prompt.user(message),
                SamplingOptions.builder()
                        .temperature(temperature)
                        .topP(defaults.topP())
                        .numPredict(maxTokens)
                        .build(),
                ResponseFormat.text(),
                List.of(),
                ToolChoice.AUTO,
                Thinking.UNSET,
                OptionalInt.empty(),
                Overflow.DEFAULT,
                Optional.empty(),
                UnknownMembers.of(body, KNOWN),
                bypass ? cacheControl.withNoCache() : cacheControl,
                exchange.caller(),
                stream);
    }

    /** The old service's clients name its one model, which this server may not have: it then chooses. */
    private String model(JsonObject body) {
        String named = body.text("model");
        String model = named.isEmpty() ? defaults.model().orElse("") : named;
        if (model.isEmpty() || ModelName.parse(model).isEmpty()) {
            return ModelName.AUTO;
        }
        Optional<ModelInfo> found = catalog.find(model);
        if (found.isPresent() && !found.get().capabilities().contains(Capability.COMPLETION)) {
            throw HttpProblem.badRequest("\"" + model + "\" does not support chat");
        }
        return found.isPresent() ? model : ModelName.AUTO;
    }

    private static String conversation(JsonObject body) {
        String given = body.text("conversation_id");
        if (given.isEmpty()) {
            return UUID.randomUUID().toString();
        }
        if (!UUID_FORM.matcher(given).matches()) {
            throw HttpProblem.badRequest("'conversation_id' must be a UUID");
        }
        return given;
    }
}
