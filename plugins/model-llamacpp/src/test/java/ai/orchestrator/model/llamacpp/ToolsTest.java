package ai.orchestrator.model.llamacpp;

import static org.assertj.core.api.Assertions.assertThat;

import ai.orchestrator.plugin.FailureCode;
import ai.orchestrator.plugin.PluginFailure;
import ai.orchestrator.plugin.model.Capability;
import ai.orchestrator.plugin.model.FinishReason;
import ai.orchestrator.plugin.model.Message;
import ai.orchestrator.plugin.model.ModelEvent;
import ai.orchestrator.plugin.model.ModelRequest;
import ai.orchestrator.plugin.model.ToolCall;
import ai.orchestrator.plugin.model.ToolChoice;
import ai.orchestrator.plugin.model.ToolDefinition;
import ai.orchestrator.testkit.ModelEventRecorder;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Calls of tools, by a model that has no idea of them. */
class ToolsTest {
    private static final String MODEL = "caller:latest";
    private static final ToolDefinition WEATHER = new ToolDefinition("get_weather", "Tells the weather", """
            {"type":"object","properties":{"city":{"enum":["Oslo","Rome"]}},"required":["city"]}""");
    private static final ToolDefinition ADD = new ToolDefinition("add", "Adds", """
            {"type":"object","properties":{"a":{"type":"boolean"}},"required":["a"]}""");

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource
    void a_named_tool_is_called_with_arguments_as_its_schema_says(On engine) {
        TinyModels.toolCaller().to(folder.resolve("caller.gguf"));
        try (LlamaCppProvider provider = engine.provider(folder)) {
            assertThat(provider.models().getFirst().capabilities()).contains(Capability.TOOLS);
            ModelEventRecorder answer =
                    Ask.answer(provider, request(new ToolChoice(ToolChoice.Mode.NAMED, "get_weather")));

            assertThat(answer.text()).isBlank();
            assertThat(answer.finished().reason()).isEqualTo(FinishReason.TOOL_CALLS);
            assertThat(answer.events())
                    .filteredOn(ModelEvent.Call.class::isInstance)
                    .isNotEmpty()
                    .allSatisfy(event -> {
                        ToolCall call = ((ModelEvent.Call) event).call();
                        assertThat(call.name()).isEqualTo("get_weather");
                        assertThat(call.argumentsJson().replace(" ", "")).matches("\\{\"city\":\"(Oslo|Rome)\"}");
                    });
        }
    }

    @ParameterizedTest
    @EnumSource
    void tools_calls_and_their_results_are_part_of_the_prompt(On engine) {
        TinyModels.toolCaller().to(folder.resolve("caller.gguf"));
        try (LlamaCppProvider provider = engine.provider(folder)) {
            ModelRequest plain = Ask.chat(MODEL, Ask.fixed(4), Message.of("user", "Weather?"));
            int before = Ask.answer(provider, plain).finished().usage().promptTokens();
            int offered = Ask.answer(provider, request(new ToolChoice(ToolChoice.Mode.NONE, "")))
                    .finished()
                    .usage()
                    .promptTokens();
            ToolCall call = new ToolCall("1", "get_weather", "{\"city\":\"Oslo\"}");
            Message called = new Message("assistant", "", "", List.of(), List.of(call), "", "");
            Message result = new Message("tool", "rain", "", List.of(), List.of(), "get_weather", "1");
            ModelRequest later = Ask.chat(MODEL, Ask.fixed(4), Message.of("user", "Weather?"), called, result);
            int after = Ask.answer(provider, later).finished().usage().promptTokens();

            assertThat(offered).isGreaterThan(before + 100);
            assertThat(after).isGreaterThan(before + "get_weather{city:Oslo}rain".length());
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_model_whose_template_takes_no_tools_says_so(On engine) {
        TinyModels.generator().to(folder.resolve("caller.gguf"));
        try (LlamaCppProvider provider = engine.provider(folder)) {
            assertThat(provider.models().getFirst().capabilities()).doesNotContain(Capability.TOOLS);
            PluginFailure failure = Ask.failure(provider, request(ToolChoice.AUTO));
            assertThat(failure.code()).isEqualTo(FailureCode.UNSUPPORTED);
            assertThat(failure).hasMessage(MODEL + " does not support tools");
        }
    }

    private static ModelRequest request(ToolChoice choice) {
        ModelRequest plain = Ask.chat(MODEL, Ask.fixed(120), Message.of("user", "Weather?"));
        return new ModelRequest(
                plain.requestId(),
                plain.model(),
                plain.prompt(),
                plain.options(),
                plain.format(),
                List.of(WEATHER, ADD),
                choice,
                plain.thinking(),
                plain.topLogprobs(),
                plain.overflow(),
                plain.keepAlive(),
                plain.deadline());
    }
}
