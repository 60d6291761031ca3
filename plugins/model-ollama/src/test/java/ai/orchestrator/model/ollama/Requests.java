package ai.orchestrator.model.ollama;

import ai.orchestrator.plugin.model.ModelRequest;
import ai.orchestrator.plugin.model.Overflow;
import ai.orchestrator.plugin.model.Prompt;
import ai.orchestrator.plugin.model.ResponseFormat;
import ai.orchestrator.plugin.model.SamplingOptions;
import ai.orchestrator.plugin.model.Thinking;
import ai.orchestrator.plugin.model.ToolChoice;
import ai.orchestrator.plugin.model.ToolDefinition;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Requests for the fake's chat model. */
final class Requests {
    static final String CHAT = "chat:7b";

    private Requests() {}

    static ModelRequest chat(String text) {
        return ModelRequest.of("r1", CHAT, Prompt.user(text));
    }

    static ModelRequest thinking(Thinking thinking) {
        return request(List.of(), ToolChoice.AUTO, thinking, OptionalInt.empty(), Optional.empty());
    }

    static ModelRequest tools(ToolChoice choice, String... names) {
        List<ToolDefinition> tools = List.of(names).stream()
                .map(name -> new ToolDefinition(name, "", "{\"type\":\"object\"}"))
                .toList();
        return request(tools, choice, Thinking.UNSET, OptionalInt.empty(), Optional.empty());
    }

    static ModelRequest logprobs(int top) {
        return request(List.of(), ToolChoice.AUTO, Thinking.UNSET, OptionalInt.of(top), Optional.empty());
    }

    static ModelRequest keptAlive(Duration time) {
        return request(List.of(), ToolChoice.AUTO, Thinking.UNSET, OptionalInt.empty(), Optional.of(time));
    }

    private static ModelRequest request(
            List<ToolDefinition> tools,
            ToolChoice choice,
            Thinking thinking,
            OptionalInt logprobs,
            Optional<Duration> keepAlive) {
        return new ModelRequest(
                "r1",
                CHAT,
                Prompt.user("Hi"),
                SamplingOptions.defaults(),
                ResponseFormat.text(),
                tools,
                choice,
                thinking,
                logprobs,
                Overflow.DEFAULT,
                keepAlive,
                Optional.empty());
    }
}
