package ai.orchestrator.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import ai.orchestrator.plugin.FailureCode;
import ai.orchestrator.plugin.PluginFailure;
import ai.orchestrator.plugin.model.FinishReason;
import ai.orchestrator.plugin.model.Image;
import ai.orchestrator.plugin.model.Message;
import ai.orchestrator.plugin.model.ModelEvent;
import ai.orchestrator.plugin.model.ModelInfo;
import ai.orchestrator.plugin.model.ModelProvider;
import ai.orchestrator.plugin.model.ModelRequest;
import ai.orchestrator.plugin.model.Overflow;
import ai.orchestrator.plugin.model.Prompt;
import ai.orchestrator.plugin.model.ResponseFormat;
import ai.orchestrator.plugin.model.SamplingOptions;
import ai.orchestrator.plugin.model.Thinking;
import ai.orchestrator.plugin.model.ToolChoice;
import ai.orchestrator.plugin.model.ToolDefinition;
import ai.orchestrator.plugin.model.Usage;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/**
 * What the host relies on in every {@link ModelProvider}. A plugin's test extends this class, makes a provider with at least one model, and
 * says what it leaves out. Nothing here depends on what the model knows, only on the form of its answers.
 */
public abstract class ModelProviderContract extends ModelConductContract {
    private static final int LIMIT = 16;
    private static final String SCHEMA = """
            {"type":"object","properties":{"red":{"type":"boolean"}},"required":["red"],"additionalProperties":false}""";
    private static final ToolDefinition TOOL = new ToolDefinition("get_weather", "Tells the weather of a city", """
            {"type":"object","properties":{"city":{"type":"string"}},"required":["city"]}""");
    private static final Image PNG = new Image(
            Base64.getDecoder()
                    .decode(
                            "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="));

    @Test
    void modelsAreWellFormed() {
        List<ModelInfo> models = provider().models();
        assertThat(models).isNotEmpty();
        assertThat(models)
                .extracting(ModelInfo::name)
                .doesNotHaveDuplicates()
                .allMatch(name -> name.matches("\\S+:\\S+"));
        for (ModelInfo model : models) {
            assertThat(model.digest()).as("digest of %s", model.name()).matches("[0-9a-f]{64}");
            assertThat(model.capabilities())
                    .as("capabilities of %s", model.name())
                    .isNotEmpty();
            assertThat(model.sizeBytes()).as("size of %s", model.name()).isNotNegative();
            assertThat(model.contextLength().orElse(1))
                    .as("context of %s", model.name())
                    .isPositive();
            assertThat(provider().model(model.name()).map(ModelInfo::name)).contains(model.name());
            assertThat(provider().whyMissing(model.name()))
                    .as("%s is on offer", model.name())
                    .isEmpty();
        }
        assertThat(provider().model("no-such-model:latest")).isEmpty();
    }

    @Test
    void digestsStayTheSameWhileTheModelsDo() {
        List<String> before =
                provider().models().stream().map(ModelInfo::digest).toList();
        answer(request("Name three colours."));
        assertThat(provider().models().stream().map(ModelInfo::digest)).containsExactlyElementsOf(before);
    }

    @Test
    void describesOnlyWhatItHas() {
        assertThat(provider().describe(UNKNOWN)).isEmpty();
        provider().describe(model()).ifPresent(description -> assertThat(
                        description.metadataJson().strip())
                .startsWith("{")
                .endsWith("}"));
    }

    @Test
    void answersInPiecesAndThenSaysOnceThatItIsFinished() {
        ModelEventRecorder answer = answer(request("Name three colours."));

        assertThat(answer.text()).isNotBlank();
        assertThat(answer.threads()).hasSize(1);
        assertThat(answer.events())
                .filteredOn(ModelEvent.Finished.class::isInstance)
                .hasSize(1);
        assertThat(answer.finished().reason()).isIn(FinishReason.STOP, FinishReason.LENGTH);
        for (ModelEvent event : answer.events()) {
            switch (event) {
                case ModelEvent.Text(String text, var _) -> assertWholeText(text);
                case ModelEvent.Think(String text) -> assertWholeText(text);
                case ModelEvent.Call call -> throw new AssertionError("no tool was offered: " + call);
                case ModelEvent.Finished finished -> assertThat(finished).isSameAs(answer.finished());
            }
        }
    }

    @Test
    void countsWhatTheAnswerTook() {
        Usage usage = answer(request("Name three colours.")).finished().usage();

        assertThat(usage.promptTokens()).isNotNegative();
        assertThat(usage.cachedPromptTokens()).isBetween(0, Math.max(0, usage.promptTokens()));
        assertThat(usage.completionTokens()).isPositive();
        assertThat(List.of(usage.load(), usage.promptEval(), usage.eval())).noneMatch(Duration::isNegative);
        usage.costUsd().ifPresent(cost -> assertThat(cost).isNotNegative());
    }

    @Test
    void answersAConversation() {
        Prompt chat = new Prompt.Chat(List.of(
                Message.of("system", "Answer briefly."),
                Message.of("user", "Name a colour."),
                Message.of("assistant", "Red."),
                Message.of("user", "Name another.")));
        assertThat(answer(ModelRequest.of("contract", model(), chat).withOptions(options(48)))
                        .text())
                .isNotBlank();
    }

    @Test
    void endsAtTheLimitOfTokens() {
        ModelEventRecorder answer =
                answer(request("Count from one to fifty in words.").withOptions(options(LIMIT)));

        assertThat(answer.finished().reason()).isEqualTo(FinishReason.LENGTH);
        assertThat(answer.finished().usage().completionTokens()).isBetween(1, LIMIT);
    }

    @Test
    void leavesTheStopTextOut() {
        SamplingOptions stop = SamplingOptions.builder()
                .numPredict(48)
                .temperature(0)
                .seed(1)
                .stop(List.of("e"))
                .build();
        ModelEventRecorder answer = answer(request("Name three vegetables.").withOptions(stop));

        assertThat(answer.text()).doesNotContain("e");
        assertThat(answer.finished().reason()).isIn(FinishReason.STOP, FinishReason.LENGTH);
    }

    @Test
    void answersAsAJsonObject() {
        assertJson(ModelFeature.JSON, new ResponseFormat.Json());
    }

    @Test
    void answersByAJsonSchema() {
        assertJson(ModelFeature.JSON_SCHEMA, new ResponseFormat.JsonSchema(SCHEMA));
    }

    @Test
    void callsATool() {
        ModelRequest request = toolRequest("What is the weather in Oslo?");
        if (refuses(ModelFeature.TOOLS, request)) {
            return;
        }
        ModelEventRecorder answer = answer(request);
        assertThat(answer.events())
                .filteredOn(ModelEvent.Call.class::isInstance)
                .isNotEmpty()
                .allSatisfy(event -> {
                    ModelEvent.Call call = (ModelEvent.Call) event;
                    assertThat(call.call().name()).isEqualTo(TOOL.name());
                    assertThat(call.call().argumentsJson().strip())
                            .startsWith("{")
                            .endsWith("}");
                });
        assertThat(answer.finished().reason()).isEqualTo(FinishReason.TOOL_CALLS);
    }

    @Test
    void readsAnImage() {
        Message message = new Message("user", "What is in this picture?", "", List.of(PNG), List.of(), "", "");
        ModelRequest request = ModelRequest.of("contract", model(), new Prompt.Chat(List.of(message)))
                .withOptions(options(48));
        if (!refuses(ModelFeature.IMAGES, request)) {
            assertThat(answer(request).text()).isNotBlank();
        }
    }

    @Test
    void continuesRawText() {
        ModelRequest request = ModelRequest.of("contract", model(), new Prompt.Raw("Once upon a time there"))
                .withOptions(options(LIMIT));
        if (!refuses(ModelFeature.RAW, request)) {
            assertThat(answer(request).finished().usage().completionTokens()).isPositive();
        }
    }

    @Test
    void fillsInBetween() {
        ModelRequest request = ModelRequest.of(
                        "contract", model(), new Prompt.Insert("int add(int a, int b) { return ", "; }"))
                .withOptions(options(LIMIT));
        if (!refuses(ModelFeature.INSERT, request)) {
            assertThat(answer(request).finished().usage().completionTokens()).isPositive();
        }
    }

    @Test
    void refusesAModelItDoesNotHave() {
        PluginFailure failure = failure(ModelRequest.of("contract", UNKNOWN, Prompt.user("Hello")));
        assertThat(failure.code()).isEqualTo(FailureCode.NOT_FOUND);
        assertThat(failure).isInstanceOf(PluginFailure.Permanent.class).hasMessageContaining(UNKNOWN);
    }

    @Test
    void answersAgainAfterAFailure() {
        failure(ModelRequest.of("contract", UNKNOWN, Prompt.user("Hello")));
        assertThat(answer(request("Name three colours.")).text()).isNotBlank();
    }

    private void assertJson(ModelFeature feature, ResponseFormat format) {
        ModelRequest request = request("Is a tomato red? Answer in JSON.").withFormat(format);
        if (refuses(feature, request)) {
            return;
        }
        ModelEventRecorder answer = answer(request);
        assertThat(answer.text().strip()).startsWith("{");
        if (answer.finished().reason() == FinishReason.STOP) {
            assertThat(answer.text().strip()).endsWith("}");
        }
    }

    /** Whether the feature is left out, in which case the refusal has been checked. */
    private boolean refuses(ModelFeature feature, ModelRequest request) {
        if (supports(feature)) {
            return false;
        }
        assertThat(failure(request))
                .isInstanceOf(PluginFailure.Permanent.class)
                .extracting(PluginFailure::code)
                .isEqualTo(FailureCode.UNSUPPORTED);
        return true;
    }

    private ModelRequest toolRequest(String prompt) {
        return new ModelRequest(
                "contract",
                model(),
                Prompt.user(prompt),
                options(96),
                ResponseFormat.text(),
                List.of(TOOL),
                new ToolChoice(ToolChoice.Mode.REQUIRED, ""),
                Thinking.UNSET,
                OptionalInt.empty(),
                Overflow.DEFAULT,
                Optional.empty(),
                Optional.empty());
    }

    private static void assertWholeText(String text) {
        assertThat(text).isNotEmpty();
        assertThat(Character.isLowSurrogate(text.charAt(0)))
                .as("begins inside a character")
                .isFalse();
        assertThat(Character.isHighSurrogate(text.charAt(text.length() - 1)))
                .as("ends inside a character")
                .isFalse();
    }
}
