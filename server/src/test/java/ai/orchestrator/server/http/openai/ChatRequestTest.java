package ai.orchestrator.server.http.openai;

import static org.assertj.core.api.Assertions.assertThat;

import ai.orchestrator.plugin.model.Image;
import ai.orchestrator.plugin.model.Message;
import ai.orchestrator.plugin.model.Overflow;
import ai.orchestrator.plugin.model.Prompt;
import ai.orchestrator.plugin.model.ResponseFormat;
import ai.orchestrator.plugin.model.SamplingOptions;
import ai.orchestrator.plugin.model.Thinking;
import ai.orchestrator.plugin.model.ToolCall;
import ai.orchestrator.plugin.model.ToolChoice;
import ai.orchestrator.plugin.model.ToolDefinition;
import ai.orchestrator.server.http.BodyForm;
import ai.orchestrator.server.http.Exchange;
import ai.orchestrator.server.http.JsonBody;
import ai.orchestrator.server.http.TestClient.Reply;
import ai.orchestrator.server.http.TestServer;
import ai.orchestrator.server.http.ollama.OllamaSurface;
import ai.orchestrator.server.orchestration.ChatRequest;
import ai.orchestrator.server.template.RequestTemplates;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChatRequestTest extends OpenAiFixture {
    private static final String PATH = "/v1/chat/completions";
    private static final String TOOLS = """
            ,"tools":[{"type":"function","function":{"name":"weather","description":"Tells it",
            "parameters":{"type":"object","properties":{"at":{"type":"string"}}},"strict":true}}]""";
    private static final String ABLE = HELLO.replace("test", "able");

    @Test
    void asksWithOpenAisDefaults() {
        client.post(PATH, HELLO + "}", "Cache-Control", "no-cache");
        ChatRequest request = answers.last();

        assertThat(request.model()).isEqualTo("test");
        assertThat(request.prompt()).isEqualTo(Prompt.user("Hello"));
        assertThat(request.options())
                .isEqualTo(SamplingOptions.builder().temperature(1).topP(1).build());
        assertThat(request.format()).isEqualTo(ResponseFormat.text());
        assertThat(request.tools()).isEmpty();
        assertThat(request.toolChoice()).isEqualTo(ToolChoice.AUTO);
        assertThat(request.thinking()).isEqualTo(Thinking.UNSET);
        assertThat(request.topLogprobs()).isEmpty();
        assertThat(request.overflow()).isEqualTo(Overflow.DEFAULT);
        assertThat(request.extra()).isEmpty();
        assertThat(request.stream()).isFalse();
        assertThat(request.cacheControl().noCache()).isTrue();
    }

    @Test
    void passesOnHowToChooseTokens() {
        client.post(
                PATH,
                HELLO
                        + ",\"temperature\":0.5,\"top_p\":0.25,\"frequency_penalty\":0.1,\"presence_penalty\":-0.2,\"seed\":4294967296,"
                        + "\"stop\":\"END\",\"max_tokens\":7}");

        assertThat(answers.last().options())
                .isEqualTo(SamplingOptions.builder()
                        .temperature(0.5)
                        .topP(0.25)
                        .frequencyPenalty(0.1)
                        .presencePenalty(-0.2)
                        .seed(4_294_967_296L)
                        .stop(List.of("END"))
                        .numPredict(7)
                        .build());
    }

    @Test
    void takesTheNewerNameOfTheLimitFirst() {
        client.post(PATH, HELLO + ",\"max_completion_tokens\":5,\"max_tokens\":7,\"stop\":[\"a\",\"b\"]}");

        assertThat(answers.last().options().numPredict()).contains(5);
        assertThat(answers.last().options().stop()).containsExactly("a", "b");
    }

    @Test
    void asksTheSameAsTheNativeSurface() {
        String conversation = "\"messages\":[{\"role\":\"system\",\"content\":\"Be brief\"},"
                + "{\"role\":\"user\",\"content\":%s},"
                + "{\"role\":\"assistant\",\"content\":%s,\"tool_calls\":[{\"id\":\"call_1\",\"function\":{\"name\":\"weather\",\"arguments\":%s}}]},"
                + "{\"role\":\"tool\",\"tool_call_id\":\"call_1\",%s\"content\":\"rain\"}],\"stream\":false" + TOOLS;
        client.post(
                PATH,
                "{\"model\":\"able\","
                        + conversation.formatted(
                                "[{\"type\":\"text\",\"text\":\"And here?\"},{\"type\":\"image_url\",\"image_url\":{\"url\":\"data:image/png;base64,iVBO\"}}]",
                                "null",
                                "\"{\\\"at\\\":\\\"Oslo\\\"}\"",
                                "")
                        + ",\"response_format\":{\"type\":\"json_schema\",\"json_schema\":{\"name\":\"x\",\"schema\":{\"type\":\"object\"}}},"
                        + "\"reasoning_effort\":\"low\",\"logprobs\":true,\"top_logprobs\":3,\"user\":\"me\",\"n\":2}");
        ChatRequest asked = answers.last();
        try (TestServer other = TestServer.of(
                new OllamaSurface(answers, catalog, new RequestTemplates(), new NoOtherForm(), MAX_BODY))) {
            other.client()
                    .post(
                            "/api/chat",
                            "{\"model\":\"able\","
                                    + conversation.formatted(
                                            "\"And here?\",\"images\":[\"iVBO\"]",
                                            "\"\"",
                                            "{\"at\":\"Oslo\"}",
                                            "\"tool_name\":\"weather\",")
                                    + ",\"format\":{\"type\":\"object\"},\"think\":\"low\",\"options\":{\"temperature\":1,\"top_p\":1},"
                                    + "\"logprobs\":true,\"top_logprobs\":3}");
        }
        ChatRequest natively = answers.last();

        assertThat(asked)
                .usingRecursiveComparison()
                .ignoringFields("requestId", "caller")
                .isEqualTo(natively);
        assertThat(asked.prompt())
                .isEqualTo(new Prompt.Chat(List.of(
                        Message.of("system", "Be brief"),
                        new Message(
                                "user",
                                "And here?",
                                "",
                                List.of(new Image(new byte[] {(byte) 0x89, 'P', 'N'})),
                                List.of(),
                                "",
                                ""),
                        new Message(
                                "assistant",
                                "",
                                "",
                                List.of(),
                                List.of(new ToolCall("call_1", "weather", "{\"at\":\"Oslo\"}")),
                                "",
                                ""),
                        new Message("tool", "rain", "", List.of(), List.of(), "weather", "call_1"))));
        assertThat(asked.tools())
                .containsExactly(new ToolDefinition(
                        "weather", "Tells it", "{\"type\":\"object\",\"properties\":{\"at\":{\"type\":\"string\"}}}"));
        assertThat(asked.topLogprobs()).isEqualTo(OptionalInt.of(3));
        assertThat(asked.extra()).isEmpty();
    }

    @Test
    void joinsTextsOfOneMessageAndTakesDevelopersForSystem() {
        client.post(
                PATH,
                "{\"model\":\"test\",\"messages\":[{\"role\":\"developer\",\"content\":[{\"type\":\"text\",\"text\":\"a\"},{\"type\":\"text\",\"text\":\"b\"}]},"
                        + "{\"role\":\"assistant\",\"content\":\"c\",\"reasoning\":\"d\"}]}");

        assertThat(answers.last().prompt())
                .isEqualTo(new Prompt.Chat(List.of(
                        Message.of("system", "a\n\nb"),
                        new Message("assistant", "c", "d", List.of(), List.of(), "", ""))));
    }

    @Test
    void takesAnEmptyTextForACallWithoutArguments() {
        client.post(
                PATH,
                "{\"model\":\"test\",\"messages\":[{\"role\":\"assistant\",\"tool_calls\":[{\"id\":\"1\",\"function\":{\"name\":\"f\",\"arguments\":\"\"}}]}]}");

        assertThat(answers.last().prompt()).asString().contains("argumentsJson={}");
    }

    @ParameterizedTest
    @CsvSource({"none,OFF", "minimal,LOW", "low,LOW", "medium,MEDIUM", "high,HIGH", "xhigh,MAX", "ultra,MAX", "max,MAX"
    })
    void readsHowHardToThink(String effort, Thinking expected) {
        client.post(PATH, ABLE + ",\"reasoning_effort\":\"" + effort + "\"}");
        assertThat(answers.last().thinking()).isEqualTo(expected);

        client.post(PATH, ABLE + ",\"reasoning\":{\"effort\":\"" + effort + "\"},\"reasoning_effort\":\"low\"}");
        assertThat(answers.last().thinking()).isEqualTo(expected);
    }

    @Test
    void offersOnlyTheToolsThatAreAllowed() {
        client.post(PATH, ABLE + """
                ,"tools":[{"type":"function","function":{"name":"look"}},{"type":"function","function":{"name":"find"}}],
                 "tool_choice":{"type":"allowed_tools","allowed_tools":
                   {"mode":"required","tools":[{"type":"function","function":{"name":"find"}}]}}}
                """);

        assertThat(answers.last().tools()).extracting(ToolDefinition::name).containsExactly("find");
        assertThat(answers.last().toolChoice()).isEqualTo(new ToolChoice(ToolChoice.Mode.REQUIRED, ""));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"auto\"|AUTO|",
                "\"none\"|NONE|",
                "\"required\"|REQUIRED|",
                "{\"type\":\"function\",\"function\":{\"name\":\"weather\"}}|NAMED|weather"
            })
    void readsWhetherAToolHasToBeCalled(String choice, ToolChoice.Mode mode, String tool) {
        client.post(PATH, ABLE + TOOLS + ",\"tool_choice\":" + choice + "}");

        assertThat(answers.last().toolChoice()).isEqualTo(new ToolChoice(mode, tool == null ? "" : tool));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"text|Text[]", "json_object|Json[]"})
    void readsTheFormOfTheAnswer(String type, String format) {
        client.post(PATH, HELLO + ",\"response_format\":{\"type\":\"" + type + "\"}}");

        assertThat(answers.last().format()).hasToString(format);
    }

    @Test
    void keepsWhatItDoesNotKnowForTheCache() {
        client.post(PATH, HELLO + ",\"logit_bias\":{\"b\":1.0,\"a\":2},\"metadata\":{\"a\":1},\"store\":true}");

        assertThat(answers.last().extra()).isEqualTo(Map.of("logit_bias", "{\"a\":2,\"b\":1}"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{\"model\":\"test\"}|[] is too short - 'messages'",
                "{\"model\":\"test\",\"messages\":[]}|[] is too short - 'messages'",
                "{\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]}|model is required",
                "{\"model\":\"a b\",\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]}|invalid model name",
                "{\"model\":\"test\",\"messages\":[{\"role\":\"user\",\"content\":2}]}|invalid message content type: float64",
                "{\"model\":\"test\",\"messages\":[{\"role\":\"user\",\"content\":{}}]}|invalid message content type: map[string]interface {}",
                "{\"model\":\"test\",\"messages\":[{\"role\":\"user\"}]}|invalid message content type: <nil>",
                "{\"model\":\"test\",\"messages\":[{\"role\":\"user\",\"content\":[1]}]}|invalid message format",
                "{\"model\":\"test\",\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":1}]}]}|invalid message format",
                "{\"model\":\"test\",\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"file\"}]}]}|invalid message format",
                "{\"model\":\"test\",\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"input_audio\",\"input_audio\":{\"data\":\"x\"}}]}]}|input_audio is not supported: no model of this server listens",
                "{\"model\":\"able\",\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"image_url\",\"image_url\":{\"url\":\"https://example.org/a.png\"}}]}]}|image URLs are not currently supported, please use base64 encoded data instead",
                "{\"model\":\"able\",\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"image_url\",\"image_url\":\"data:image/gif;base64,AAAA\"}]}]}|invalid image input",
                "{\"model\":\"able\",\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"image_url\",\"image_url\":\"data:image/png;base64,*\"}]}]}|invalid image input",
                "{\"model\":\"test\",\"messages\":[{\"role\":\"assistant\",\"tool_calls\":[{\"function\":{\"name\":\"f\",\"arguments\":\"{} x\"}}]}]}|invalid tool call arguments",
                "{\"model\":\"bert\",\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]}|\"bert\" does not support chat",
                "{\"model\":\"test\",\"stream\":\"yes\",\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]}|json: cannot unmarshal string into Go struct field ChatCompletionRequest.stream of type bool"
            })
    void refusesWhatMakesNoSense(String body, String message) {
        Reply reply = client.post(PATH, body);

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.header("Content-Type")).isEqualTo("application/json");
        assertThat(reply.body()).isEqualTo(error("invalid_request_error", message));
        assertThat(answers.count()).isZero();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "\"stop\":1|invalid type for 'stop' field: float64",
                "\"stop\":[\"a\",true]|invalid type for 'stop' field: bool",
                "\"top_logprobs\":21|top_logprobs must be between 0 and 20",
                "\"top_logprobs\":-1|top_logprobs must be between 0 and 20",
                "\"reasoning_effort\":\"hard\"|invalid reasoning value: 'hard' (must be \"none\", \"minimal\", \"low\", \"medium\", \"high\", \"xhigh\", \"ultra\", or \"max\")",
                "\"reasoning_effort\":\"high\"|\"test\" does not support thinking",
                "\"response_format\":{\"type\":\"xml\"}|invalid response_format type: 'xml' (must be \"text\", \"json_object\", or \"json_schema\")",
                "\"response_format\":{\"type\":\"json_schema\"}|response_format of type json_schema needs an object 'json_schema.schema'",
                "\"tool_choice\":\"required\"|invalid tool_choice: \"required\" needs tools",
                "\"tool_choice\":{\"function\":{\"name\":\"x\"}}|invalid tool_choice: no tool 'x' is among the tools",
                "\"tool_choice\":{\"type\":\"allowed_tools\",\"allowed_tools\":{\"mode\":\"auto\",\"tools\":[{\"function\":{\"name\":\"x\"}}]}}|invalid tool_choice: no tool 'x' is among the tools",
                "\"tool_choice\":{\"type\":\"allowed_tools\",\"allowed_tools\":{\"mode\":\"required\",\"tools\":[]}}|invalid tool_choice: \"required\" needs tools",
                "\"tools\":[{\"type\":\"function\"}]|tools[0].function.name is required",
                "\"tool_choice\":7|invalid tool_choice: must be \"auto\", \"none\", \"required\", or an object that names a function",
                "\"tools\":[{\"type\":\"custom\",\"custom\":{\"name\":\"x\"}}]|tools of type 'custom' are not supported, only functions",
                "\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"x\"}}]|registry.ollama.ai/library/test:latest does not support tools",
                "\"seed\":1.5|json: cannot unmarshal number into Go struct field ChatCompletionRequest.seed of type int"
            })
    void refusesChoicesThatCannotBe(String member, String message) {
        Reply reply = client.post(PATH, HELLO + "," + member + "}");

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.body()).isEqualTo(error("invalid_request_error", message));
        assertThat(answers.count()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://example.org/a.png", "HTTPS://example.org/a.png"})
    void fetchesNoImage(String url) {
        Reply reply = client.post(
                PATH,
                "{\"model\":\"able\",\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"image_url\",\"image_url\":\""
                        + url + "\"}]}]}");

        assertThat(reply.body()).contains("image URLs are not currently supported");
    }

    private static final class NoOtherForm implements BodyForm {
        @Override
        public boolean takes(JsonBody body) {
            return false;
        }

        @Override
        public void answer(Exchange exchange, JsonBody body) {
            throw new IllegalStateException("takes nothing");
        }
    }
}
