package ai.orchestrator.openai.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.orchestrator.openai.wire.ChatDialect.Sampling;
import ai.orchestrator.openai.wire.ChatDialect.ThinkingSwitch;
import ai.orchestrator.openai.wire.ChatDialect.TokenLimit;
import ai.orchestrator.plugin.FailureCode;
import ai.orchestrator.plugin.PluginFailure;
import ai.orchestrator.plugin.model.Image;
import ai.orchestrator.plugin.model.Message;
import ai.orchestrator.plugin.model.ModelRequest;
import ai.orchestrator.plugin.model.Overflow;
import ai.orchestrator.plugin.model.Prompt;
import ai.orchestrator.plugin.model.ResponseFormat;
import ai.orchestrator.plugin.model.SamplingOptions;
import ai.orchestrator.plugin.model.Thinking;
import ai.orchestrator.plugin.model.ToolCall;
import ai.orchestrator.plugin.model.ToolChoice;
import ai.orchestrator.plugin.model.ToolDefinition;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequestWriterTest {
    private static final ModelRequest PLAIN = ModelRequest.of("r1", "chat:latest", Prompt.user("Hi"));
    private static final RequestWriter WRITER = new RequestWriter(new ChatDialect(
            TokenLimit.MAX_COMPLETION_TOKENS,
            Sampling.REPETITION_PENALTY,
            ThinkingSwitch.EFFORT,
            false,
            request -> Map.of()));
    private static final SamplingOptions LOCAL_OPTIONS = SamplingOptions.builder()
            .topK(40)
            .minP(0.05)
            .repeatPenalty(1.1)
            .repeatLastN(64)
            .typicalP(0.9)
            .build();
    private static final RequestWriter LOCAL = new RequestWriter(new ChatDialect(
            TokenLimit.MAX_TOKENS, Sampling.REPEAT_PENALTY, ThinkingSwitch.TEMPLATE, true, request -> Map.of()));

    @Test
    void writesAPlainRequest() {
        assertThat(text(WRITER, PLAIN)).isEqualTo("""
                {"model":"acme/chat","messages":[{"role":"user","content":"Hi"}],"stream":true,\
                "stream_options":{"include_usage":true}}""");
    }

    @Test
    void writesTheOptions() {
        SamplingOptions options = SamplingOptions.builder()
                .numPredict(64)
                .temperature(0.2)
                .topK(40)
                .topP(0.9)
                .minP(0.05)
                .repeatPenalty(1.1)
                .presencePenalty(0.3)
                .frequencyPenalty(0.4)
                .seed(7)
                .stop(List.of("END", "\n"))
                .other("logit_bias", "{\"50256\":-100}")
                .other("models", "[\"dear/one\"]")
                .build();
        assertThat(json(PLAIN.withOptions(options))).isEqualTo(Json.read("""
                        {"model":"acme/chat","messages":[{"role":"user","content":"Hi"}],"stream":true,
                         "stream_options":{"include_usage":true},"max_completion_tokens":64,"temperature":0.2,"top_p":0.9,"top_k":40,
                         "min_p":0.05,"repetition_penalty":1.1,"presence_penalty":0.3,"frequency_penalty":0.4,"seed":7,
                         "stop":["END","\\n"],"logit_bias":{"50256":-100}}"""));
    }

    @Test
    void leavesOutWhatMeansTheDefault() {
        SamplingOptions options =
                SamplingOptions.builder().numPredict(-1).seed(-1).build();
        assertThat(text(WRITER, PLAIN.withOptions(options))).isEqualTo(text(WRITER, PLAIN));
    }

    @Test
    void callsTheLimitWhatTheServerCallsIt() {
        RequestWriter older = new RequestWriter(Dialects.generic());
        ModelRequest limited =
                PLAIN.withOptions(SamplingOptions.builder().numPredict(5).build());
        assertThat(text(older, limited)).contains("\"max_tokens\":5").doesNotContain("max_completion_tokens");
    }

    @Test
    void addsWhatTheServerIsSentBesides() {
        RequestWriter writer = new RequestWriter(new ChatDialect(
                TokenLimit.MAX_TOKENS,
                Sampling.STRICT,
                ThinkingSwitch.EFFORT,
                false,
                request -> Map.of("provider", Map.of("sort", "price", "only", List.of("a"), "zdr", true))));
        assertThat(text(writer, PLAIN)).endsWith("""
                "provider":{"only":["a"],"sort":"price","zdr":true}}""");
    }

    @Test
    void writesImagesAsDataUrls() {
        Image png = new Image(new byte[] {(byte) 0x89, 'P', 'N', 'G', 1});
        Image jpeg = new Image(new byte[] {(byte) 0xff, (byte) 0xd8, (byte) 0xff, 2});
        Message message = new Message("user", "Look", "", List.of(png, jpeg), List.of(), "", "");
        assertThat(messages(message)).isEqualTo(Json.read("""
                [{"role":"user","content":[{"type":"text","text":"Look"},
                  {"type":"image_url","image_url":{"url":"data:image/png;base64,iVBORwE="}},
                  {"type":"image_url","image_url":{"url":"data:image/jpeg;base64,/9j/Ag=="}}]}]"""));
    }

    @Test
    void refusesAnImageOfAnotherKind() {
        Message message = new Message("user", "", "", List.of(new Image(new byte[] {1, 2})), List.of(), "", "");
        assertFails(FailureCode.INVALID_REQUEST, () -> messages(message));
    }

    @Test
    void writesToolCallsAndTheirResults() {
        Message call = new Message(
                "assistant", "", "", List.of(), List.of(new ToolCall("c1", "weather", "{\"city\":\"Oslo\"}")), "", "");
        Message result = new Message("tool", "rain", "", List.of(), List.of(), "weather", "c1");
        assertThat(messages(call, result)).isEqualTo(Json.read("""
                [{"role":"assistant","content":null,"tool_calls":[
                   {"id":"c1","type":"function","function":{"name":"weather","arguments":"{\\"city\\":\\"Oslo\\"}"}}]},
                 {"role":"tool","content":"rain","tool_call_id":"c1"}]"""));
    }

    @Test
    void joinsResultsToCallsThatHaveNoId() {
        Message calls = new Message(
                "assistant",
                "wait",
                "",
                List.of(),
                List.of(new ToolCall("", "time", "{}"), new ToolCall("", "weather", "{}")),
                "",
                "");
        Message weather = new Message("tool", "rain", "", List.of(), List.of(), "weather", "");
        Message other = new Message("tool", "noon", "", List.of(), List.of(), "", "");
        JsonNode written = messages(calls, weather, other);
        assertThat(written.findValuesAsText("tool_call_id")).containsExactly("call_1", "call_0");
        assertThat(written.findValuesAsText("id")).containsExactly("call_0", "call_1");
    }

    @Test
    void writesToolsAndTheChoiceAmongThem() {
        ToolDefinition tool = new ToolDefinition("weather", "Tells it", "{\"type\":\"object\"}");
        JsonNode body = json(tools(List.of(tool), new ToolChoice(ToolChoice.Mode.NAMED, "weather")));
        assertThat(body.path("tools")).isEqualTo(Json.read("""
                [{"type":"function","function":{"name":"weather","description":"Tells it","parameters":{"type":"object"}}}]"""));
        assertThat(body.path("tool_choice")).isEqualTo(Json.read("""
                {"type":"function","function":{"name":"weather"}}"""));
        assertThat(json(tools(List.of(tool), new ToolChoice(ToolChoice.Mode.REQUIRED, "")))
                        .path("tool_choice")
                        .asText())
                .isEqualTo("required");
        assertThat(json(tools(List.of(tool), ToolChoice.AUTO)).has("tool_choice"))
                .isFalse();
        assertThat(json(tools(List.of(), new ToolChoice(ToolChoice.Mode.REQUIRED, "")))
                        .has("tool_choice"))
                .isFalse();
    }

    @Test
    void refusesToolsWhoseParametersAreNoJson() {
        ModelRequest request = tools(List.of(new ToolDefinition("weather", "", "{")), ToolChoice.AUTO);
        assertFails(FailureCode.INVALID_REQUEST, () -> json(request));
    }

    @Test
    void asksForJson() {
        assertThat(json(PLAIN.withFormat(new ResponseFormat.Json())).path("response_format"))
                .isEqualTo(Json.read("{\"type\":\"json_object\"}"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"type":"object","properties":{"a":{"type":"string"}},"required":["a"],"additionalProperties":false} | true
            {"type":"object","properties":{"a":{"type":"string"}},"required":["a"]}                              | false
            {"type":"object","properties":{"a":{"type":"string"}},"additionalProperties":false}                  | false
            {"type":"object","properties":{"a":{"type":"object"}},"required":["a"],"additionalProperties":false} | false
            {"type":"array","items":{"type":"string"}}                                                           | false
            true                                                                                                 | false
            """)
    void asksForASchemaStrictlyWhereStrictTakesIt(String schema, boolean strict) {
        JsonNode format =
                json(PLAIN.withFormat(new ResponseFormat.JsonSchema(schema))).path("response_format");
        assertThat(format.path("type").asText()).isEqualTo("json_schema");
        assertThat(format.path("json_schema").path("schema")).isEqualTo(Json.read(schema));
        assertThat(format.path("json_schema").path("strict").asBoolean()).isEqualTo(strict);
    }

    @Test
    void refusesASchemaThatIsNoJson() {
        assertFails(
                FailureCode.INVALID_REQUEST, () -> json(PLAIN.withFormat(new ResponseFormat.JsonSchema("{\"type\":"))));
    }

    @ParameterizedTest
    @CsvSource({"OFF,none", "LOW,low", "ON,medium", "MEDIUM,medium", "HIGH,high", "MAX,xhigh"})
    void saysHowHardToThink(Thinking thinking, String effort) {
        ModelRequest request = new ModelRequest(
                "r1",
                "chat:latest",
                Prompt.user("Hi"),
                SamplingOptions.defaults(),
                ResponseFormat.text(),
                List.of(),
                ToolChoice.AUTO,
                thinking,
                OptionalInt.empty(),
                Overflow.DEFAULT,
                Optional.empty(),
                Optional.empty());
        assertThat(json(request).path("reasoning_effort").asText()).isEqualTo(effort);
    }

    @Test
    void refusesWhatIsNoChat() {
        assertFails(FailureCode.UNSUPPORTED, () -> json(ModelRequest.of("r1", "chat:latest", new Prompt.Raw("Once"))));
        assertFails(
                FailureCode.UNSUPPORTED, () -> json(ModelRequest.of("r1", "chat:latest", new Prompt.Insert("a", "b"))));
    }

    @Test
    void leavesOutTheQuestionForTheUsageWhereItIsRefused() {
        assertThat(new String(WRITER.write(PLAIN, "acme/chat", false), StandardCharsets.UTF_8))
                .doesNotContain("stream_options");
    }

    @Test
    void sendsNoOptionThatAStrictServerRefuses() {
        RequestWriter strict = new RequestWriter(new ChatDialect(
                TokenLimit.MAX_COMPLETION_TOKENS, Sampling.STRICT, ThinkingSwitch.EFFORT, false, request -> Map.of()));
        assertThat(text(strict, PLAIN.withOptions(LOCAL_OPTIONS))).isEqualTo(text(strict, PLAIN));
        assertThat(text(LOCAL, PLAIN.withOptions(LOCAL_OPTIONS))).contains("""
                "top_k":40,"min_p":0.05,"repeat_penalty":1.1,"repeat_last_n":64,"typical_p":0.9}""");
    }

    @ParameterizedTest
    @CsvSource({
        "OFF, false,",
        "ON, true,",
        "LOW, true, low",
        "MEDIUM, true, medium",
        "HIGH, true, high",
        "MAX, true, high"
    })
    void tellsATemplateHowHardToThink(Thinking thinking, boolean enabled, String effort) {
        JsonNode kwargs = Json.read(text(LOCAL, asking(thinking, OptionalInt.empty(), Prompt.user("Hi"))))
                .path("chat_template_kwargs");
        assertThat(kwargs.path("enable_thinking").booleanValue()).isEqualTo(enabled);
        assertThat(kwargs.path("reasoning_effort").textValue()).isEqualTo(effort);
    }

    @Test
    void asksForTheProbabilitiesOfTokens() {
        assertThat(text(WRITER, asking(Thinking.UNSET, OptionalInt.of(2), Prompt.user("Hi"))))
                .contains("\"logprobs\":true,\"top_logprobs\":2");
        assertThat(text(LOCAL, asking(Thinking.UNSET, OptionalInt.of(2), new Prompt.Raw("Once"))))
                .contains("\"logprobs\":2")
                .doesNotContain("top_logprobs");
    }

    @Test
    void writesTextsToContinue() {
        assertThat(text(LOCAL, ModelRequest.of("r1", "chat:latest", new Prompt.Raw("Once"))))
                .isEqualTo("""
                {"model":"acme/chat","prompt":"Once","stream":true,"stream_options":{"include_usage":true}}""");
        assertThat(text(LOCAL, ModelRequest.of("r1", "chat:latest", new Prompt.Insert("a", "b"))))
                .contains("\"prompt\":\"a\",\"suffix\":\"b\"");
        assertThat(RequestWriter.path(new Prompt.Raw("Once"))).isEqualTo("completions");
        assertThat(RequestWriter.path(PLAIN.prompt())).isEqualTo("chat/completions");
    }

    private static ModelRequest asking(Thinking thinking, OptionalInt topLogprobs, Prompt prompt) {
        return new ModelRequest(
                "r1",
                "chat:latest",
                prompt,
                SamplingOptions.defaults(),
                ResponseFormat.text(),
                List.of(),
                ToolChoice.AUTO,
                thinking,
                topLogprobs,
                Overflow.DEFAULT,
                Optional.empty(),
                Optional.empty());
    }

    private static void assertFails(FailureCode code, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(PluginFailure.Permanent.class, failure -> assertThat(failure.code())
                        .isEqualTo(code));
    }

    private static ModelRequest tools(List<ToolDefinition> tools, ToolChoice choice) {
        return new ModelRequest(
                "r1",
                "chat:latest",
                Prompt.user("Hi"),
                SamplingOptions.defaults(),
                ResponseFormat.text(),
                tools,
                choice,
                Thinking.UNSET,
                OptionalInt.empty(),
                Overflow.DEFAULT,
                Optional.empty(),
                Optional.empty());
    }

    private static JsonNode messages(Message... messages) {
        return json(ModelRequest.of("r1", "chat:latest", new Prompt.Chat(List.of(messages))))
                .path("messages");
    }

    private static JsonNode json(ModelRequest request) {
        return Json.read(text(WRITER, request));
    }

    private static String text(RequestWriter writer, ModelRequest request) {
        return new String(writer.write(request, "acme/chat", true), StandardCharsets.UTF_8);
    }
}
