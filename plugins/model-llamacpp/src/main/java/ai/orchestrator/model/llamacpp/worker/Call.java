package ai.orchestrator.model.llamacpp.worker;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;
import java.util.Map;

/** What a parent asks of a worker: one line of JSON, the first on a connection. Closing the connection calls it off. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "call")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Call.Generate.class, name = "generate"),
    @JsonSubTypes.Type(value = Call.Tokenize.class, name = "tokenize"),
    @JsonSubTypes.Type(value = Call.Embed.class, name = "embed"),
    @JsonSubTypes.Type(value = Call.Count.class, name = "count")
})
public sealed interface Call {
    /** How many times an answer without a limit may fill a context that is shifted; a model that never ends would never end. */
    int MOST_CONTEXTS = 10;

    /**
     * Writes an answer: any number of {@link Reply.Text} and then {@link Reply.Done}.
     *
     * @param limit most tokens to write; negative for as many as the context holds
     * @param stop texts that end the answer and are not part of it
     * @param grammar in llama.cpp's GBNF; empty for free text
     * @param kept names of tokens that are no text but are written as text all the same
     * @param shift whether the answer goes on at the end of the context by forgetting the oldest tokens
     * @param reuse whether what an earlier prompt left in memory may be used, which is faster but can change the last digits of a sum
     */
    record Generate(
            Input input,
            Sampling sampling,
            int limit,
            List<String> stop,
            String grammar,
            List<String> kept,
            boolean shift,
            boolean reuse)
            implements Call {}

    /** Tells the prompt's tokens: {@link Reply.Tokens}. */
    record Tokenize(Input input) implements Call {}

    /** Makes vectors: {@link Reply.Vectors}. */
    record Embed(List<String> texts, boolean truncate) implements Call {}

    /** Tells how many tokens the worker has written since it started: {@link Reply.Counted}. */
    record Count() implements Call {}

    /**
     * A conversation, or else text that is continued as it stands.
     *
     * @param turns empty for {@code text}
     * @param tools what the template tells the model of, in OpenAI's form; empty for none
     * @param thinks whether the model marks what it thinks
     * @param thinking whether it is to think, where it can
     */
    record Input(List<Turn> turns, String text, List<Map<String, Object>> tools, boolean thinks, boolean thinking) {
        /** Text, or a conversation without tools and thinking. */
        public Input(List<Turn> turns, String text) {
            this(turns, text, List.of(), false, false);
        }
    }

    /**
     * One turn of a conversation.
     *
     * @param more further members of the message as templates know them, such as {@code tool_calls}
     */
    record Turn(String role, String content, Map<String, Object> more) {
        /** A turn of text alone. */
        public Turn(String role, String content) {
            this(role, content, Map.of());
        }
    }

    /** How the next token is chosen, by llama.cpp's names and meanings. Every number is finite. */
    record Sampling(
            float temperature,
            int topK,
            float topP,
            float minP,
            float typicalP,
            int repeatLastN,
            float repeatPenalty,
            float presencePenalty,
            float frequencyPenalty,
            int seed,
            int keep) {}
}
