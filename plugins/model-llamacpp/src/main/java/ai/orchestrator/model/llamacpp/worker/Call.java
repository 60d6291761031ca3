package ai.orchestrator.model.llamacpp.worker;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;

/** What a parent asks of a worker: one line of JSON, the first on a connection. Closing the connection calls it off. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "call")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Call.Generate.class, name = "generate"),
    @JsonSubTypes.Type(value = Call.Tokenize.class, name = "tokenize"),
    @JsonSubTypes.Type(value = Call.Embed.class, name = "embed"),
    @JsonSubTypes.Type(value = Call.Count.class, name = "count")
})
public sealed interface Call {
    /**
     * Writes an answer: any number of {@link Reply.Text} and then {@link Reply.Done}.
     *
     * @param limit most tokens to write; negative for as many as the context holds
     * @param stop texts that end the answer and are not part of it
     * @param grammar in llama.cpp's GBNF; empty for free text
     * @param reuse whether what an earlier prompt left in memory may be used, which is faster but can change the last digits of a sum
     */
    record Generate(Input input, Sampling sampling, int limit, List<String> stop, String grammar, boolean reuse)
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
     */
    record Input(List<Turn> turns, String text) {}

    /** One turn of a conversation. */
    record Turn(String role, String content) {}

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
