package ai.orchestrator.model.llamacpp;

import ai.orchestrator.model.llamacpp.worker.Call;
import ai.orchestrator.plugin.model.Image;
import ai.orchestrator.plugin.model.Prompt;
import ai.orchestrator.plugin.model.ResponseFormat;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Base64;
import java.util.List;

/** Puts questions into {@code llama-server}'s terms. */
final class ServerBody {
    private ServerBody() {}

    /**
     * The whole request.
     *
     * @param images that a rendered conversation has marks for
     * @param grammar that the answer is held to, in the place of the question's format; empty for none
     * @param context tokens of the model's context
     */
    static ObjectNode of(Question question, List<Image> images, String grammar, int context) {
        ObjectNode body =
                switch (question.request().prompt()) {
                    case Prompt.Chat chat -> ServerConversation.of(question);
                    case Prompt.Raw(String text) -> object().put("prompt", withoutStart(text, question.model()));
                    case Prompt.Insert(String prefix, String suffix) ->
                        object().put("input_prefix", prefix).put("input_suffix", suffix);
                };
        if (!images.isEmpty()) {
            show(body, images);
        }
        body.put("stream", true);
        // tells after each token how full the context is, as the answers to other prompts do by themselves
        body.put("timings_per_token", question.request().prompt() instanceof Prompt.Chat);
        options(body, question.options(), context);
        stops(body, question);
        body.put("n_predict", limit(question, context));
        if (grammar.isEmpty()) {
            format(body, question);
        } else {
            body.put("grammar", grammar);
        }
        question.request()
                .topLogprobs()
                .ifPresent(top -> logprobs(body, question.request().prompt(), top));
        return body;
    }

    private static ObjectNode object() {
        return ServerClient.JSON.createObjectNode();
    }

    private static void show(ObjectNode body, List<Image> images) {
        String text = body.path("prompt").asText();
        ArrayNode data = body.putObject("prompt").put("prompt_string", text).putArray("multimodal_data");
        images.forEach(image -> data.add(Base64.getEncoder().encodeToString(image.data())));
    }

    /** The tokenizer puts the start token before a text whether or not it is there already. */
    private static String withoutStart(String text, ModelFile model) {
        String start = model.facts().vocabulary().startToken();
        return !start.isEmpty() && text.startsWith(start) ? text.substring(start.length()) : text;
    }

    private static int limit(Question question, int context) {
        int asked = question.options().limit();
        if (asked == 0) {
            // one token is written all the same, and left out of the answer
            return 1;
        }
        // where the context is shifted, a model that never ends would never end
        boolean endless = asked < 0 && question.request().overflow().shiftContext();
        return endless ? Math.multiplyExact(context, Call.MOST_CONTEXTS) : asked;
    }

    private static void options(ObjectNode body, CheckedOptions options, int context) {
        Call.Sampling sampling = options.sampling();
        body.put("temperature", sampling.temperature());
        body.put("top_k", Math.max(0, sampling.topK()));
        body.put("top_p", sampling.topP());
        body.put("min_p", sampling.minP());
        body.put("typical_p", sampling.typicalP());
        body.put("repeat_last_n", sampling.repeatLastN() < 0 ? context : sampling.repeatLastN());
        body.put("repeat_penalty", sampling.repeatPenalty());
        body.put("presence_penalty", sampling.presencePenalty());
        body.put("frequency_penalty", sampling.frequencyPenalty());
        body.put("seed", Integer.toUnsignedLong(sampling.seed()));
        body.put("n_keep", sampling.keep());
        // what was asked to be repeatable is computed the same way each time, from the start
        body.put("cache_prompt", !options.repeatable());
    }

    private static void stops(ObjectNode body, Question question) {
        ArrayNode stops = body.putArray("stop");
        question.options().stops().stream().filter(stop -> !stop.isEmpty()).forEach(stops::add);
        if (!stops.isEmpty() && question.request().prompt() instanceof Prompt.Chat) {
            // else a chat does not tell which of them came; without the second member it would repeat the prompt
            body.put("verbose", true);
            body.putArray("response_fields").add("stopping_word");
        }
    }

    private static void format(ObjectNode body, Question question) {
        switch (question.request().format()) {
            case ResponseFormat.Text text -> {}
            case ResponseFormat.Json json -> schema(body, question, object().put("type", "object"));
            case ResponseFormat.JsonSchema(String schema) ->
                schema(body, question, SchemaDialect.of(Schemas.tree(schema)));
        }
    }

    private static void schema(ObjectNode body, Question question, ObjectNode schema) {
        if (!(question.request().prompt() instanceof Prompt.Chat)) {
            body.set("json_schema", schema);
        } else {
            ObjectNode format = body.putObject("response_format").put("type", "json_schema");
            format.putObject("json_schema").set("schema", schema);
        }
    }

    private static void logprobs(ObjectNode body, Prompt prompt, int top) {
        // without any alternative the server tells no probability at all
        int asked = Math.max(1, top);
        if (prompt instanceof Prompt.Chat) {
            body.put("logprobs", true).put("top_logprobs", asked);
        } else {
            body.put("n_probs", asked);
        }
    }
}
