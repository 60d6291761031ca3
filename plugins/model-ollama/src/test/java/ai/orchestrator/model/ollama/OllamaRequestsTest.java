package ai.orchestrator.model.ollama;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ai.orchestrator.plugin.FailureCode;
import ai.orchestrator.plugin.Hops;
import ai.orchestrator.plugin.PluginFailure;
import ai.orchestrator.plugin.embed.EmbeddingProvider;
import ai.orchestrator.plugin.embed.EmbeddingRequest;
import ai.orchestrator.plugin.model.Image;
import ai.orchestrator.plugin.model.Message;
import ai.orchestrator.plugin.model.ModelEvent;
import ai.orchestrator.plugin.model.ModelProvider;
import ai.orchestrator.plugin.model.ModelRequest;
import ai.orchestrator.plugin.model.Prompt;
import ai.orchestrator.plugin.model.ResponseFormat;
import ai.orchestrator.plugin.model.SamplingOptions;
import ai.orchestrator.plugin.model.Thinking;
import ai.orchestrator.plugin.model.ToolCall;
import ai.orchestrator.plugin.model.ToolChoice;
import ai.orchestrator.testkit.ModelEventRecorder;
import ai.orchestrator.testkit.fakes.FakeOllama;
import ai.orchestrator.testkit.fakes.RecordedCall;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an Ollama server is sent. */
@Timeout(value = 2, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class OllamaRequestsTest {
    private final FakeOllama fake = new FakeOllama(0);

    @AfterEach
    void stopFake() {
        fake.close();
    }

    @Test
    void sendsAPlainChat() {
        RecordedCall call = sent(Map.of("api_key", "secret", "headers", Map.of("X-Team", "blue")), Requests.chat("Hi"));
        assertThat(call.path()).isEqualTo(FakeOllama.CHAT);
        assertThat(call.body()).isEqualTo("""
                {"model":"chat:7b","messages":[{"role":"user","content":"Hi"}],"truncate":true,"shift":false,"stream":true}""");
        assertThat(call.header("Authorization")).contains("Bearer secret");
        assertThat(call.header("X-Team")).contains("blue");
        assertThat(call.header("User-Agent")).contains("ai-orchestrator/test");
        assertThat(call.header("Upgrade")).isEmpty();
    }

    @Test
    void sendsAConversationWithToolsAndImages() {
        Message asked = new Message(
                "user",
                "Weather?",
                "",
                List.of(new Image("picture".getBytes(StandardCharsets.US_ASCII))),
                List.of(),
                "",
                "");
        Message called = new Message(
                "assistant",
                "",
                "Let me ask.",
                List.of(),
                List.of(new ToolCall("call_1", "weather", "{\"zone\":1,\"city\":\"Oslo\"}")),
                "",
                "");
        Message told = new Message("tool", "rain", "", List.of(), List.of(), "weather", "call_1");
        Prompt chat = new Prompt.Chat(List.of(asked, called, told));
        assertThat(sent(Map.of(), ModelRequest.of("r1", Requests.CHAT, chat)).body())
                .contains("{\"role\":\"user\",\"content\":\"Weather?\",\"images\":[\"cGljdHVyZQ==\"]}")
                .contains(
                        "{\"role\":\"assistant\",\"content\":\"\",\"thinking\":\"Let me ask.\",\"tool_calls\":[{\"id\":\"call_1\","
                                + "\"function\":{\"index\":0,\"name\":\"weather\",\"arguments\":{\"zone\":1,\"city\":\"Oslo\"}}}]}")
                .contains(
                        "{\"role\":\"tool\",\"content\":\"rain\",\"tool_name\":\"weather\",\"tool_call_id\":\"call_1\"}");
    }

    @Test
    void offersTheToolsThatMayBeCalled() {
        assertThat(sent(Map.of(), Requests.tools(ToolChoice.AUTO, "a", "b")).body())
                .contains(
                        "\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"a\",\"parameters\":{\"type\":\"object\"}}},");
        assertThat(sent(Map.of(), Requests.tools(new ToolChoice(ToolChoice.Mode.NAMED, "b"), "a", "b"))
                        .body())
                .contains("\"name\":\"b\"")
                .doesNotContain("\"name\":\"a\"");
        assertThat(sent(Map.of(), Requests.tools(new ToolChoice(ToolChoice.Mode.NONE, ""), "a"))
                        .body())
                .doesNotContain("tools");
    }

    @ParameterizedTest
    @CsvSource({"OFF,false", "ON,true", "LOW,'\"low\"'", "MEDIUM,'\"medium\"'", "HIGH,'\"high\"'", "MAX,'\"max\"'"})
    void saysHowHardToThink(Thinking thinking, String sent) {
        assertThat(sent(Map.of(), Requests.thinking(thinking)).body()).contains("\"think\":" + sent);
    }

    @Test
    void sendsOptionsAndTheOperatorsWhereTheyAreLeftOut() {
        SamplingOptions options = SamplingOptions.builder()
                .numPredict(7)
                .numCtx(2048)
                .numKeep(4)
                .temperature(0.5)
                .topK(1)
                .topP(0.2)
                .minP(0.1)
                .typicalP(0.9)
                .repeatLastN(64)
                .repeatPenalty(1.1)
                .presencePenalty(0.3)
                .frequencyPenalty(0.4)
                .seed(42)
                .stop(List.of("END"))
                .other("num_thread", "2")
                .other("logit_bias", "{}")
                .build();
        Map<String, Object> settings = Map.of("options", Map.of("num_ctx", 512, "num_batch", 8));
        assertThat(sent(settings, Requests.chat("Hi").withOptions(options)).body())
                .contains(
                        "\"options\":{\"num_batch\":8,\"num_ctx\":2048,\"num_predict\":7,\"num_keep\":4,\"temperature\":0.5,"
                                + "\"top_k\":1,\"top_p\":0.2,\"min_p\":0.1,\"typical_p\":0.9,\"repeat_last_n\":64,"
                                + "\"repeat_penalty\":1.1,\"presence_penalty\":0.3,\"frequency_penalty\":0.4,\"seed\":42,"
                                + "\"stop\":[\"END\"],\"num_thread\":2}");
        assertThat(sent(settings, Requests.chat("Hi")).body())
                .contains("\"options\":{\"num_batch\":8,\"num_ctx\":512}");
    }

    @Test
    void asksForAForm() {
        assertThat(sent(Map.of(), Requests.chat("Hi").withFormat(new ResponseFormat.Json()))
                        .body())
                .contains("\"format\":\"json\"");
        assertThat(sent(
                                Map.of(),
                                Requests.chat("Hi").withFormat(new ResponseFormat.JsonSchema("{\"type\":\"object\"}")))
                        .body())
                .contains("\"format\":{\"type\":\"object\"}");
    }

    @Test
    void continuesTextAsItStandsAndFillsIn() {
        RecordedCall raw = sent(Map.of(), Requests.chat("").withPrompt(new Prompt.Raw("Once")));
        assertThat(raw.path()).isEqualTo(FakeOllama.GENERATE);
        assertThat(raw.body()).contains("\"prompt\":\"Once\",\"raw\":true");
        RecordedCall insert = sent(Map.of(), Requests.chat("").withPrompt(new Prompt.Insert("a", "b")));
        assertThat(insert.path()).isEqualTo(FakeOllama.GENERATE);
        assertThat(insert.body()).contains("\"prompt\":\"a\",\"suffix\":\"b\"").doesNotContain("raw");
    }

    @ParameterizedTest
    @CsvSource({"PT0S,0", "PT90S,90", "PT0.5S,0.5", "PT-1S,-1"})
    void saysHowLongToKeepTheModel(Duration time, String sent) {
        assertThat(sent(Map.of("keep_alive", "1h"), Requests.keptAlive(time)).body())
                .contains("\"keep_alive\":" + sent + "}");
    }

    @Test
    void keepsModelsAsTheOperatorSays() {
        assertThat(sent(Map.of("keep_alive", "1h"), Requests.chat("Hi")).body()).contains("\"keep_alive\":3600");
        assertThat(sent(Map.of("keep_alive", "forever"), Requests.chat("Hi")).body())
                .contains("\"keep_alive\":-1");
    }

    @Test
    void tellsTheProbabilitiesOfTokens() {
        try (ModelProvider provider = Providers.discovered(fake, Map.of())) {
            ModelEventRecorder events = new ModelEventRecorder();
            provider.stream(Requests.logprobs(1), events);
            ModelEvent.Text first = (ModelEvent.Text) events.events().getFirst();
            assertThat(first.logprobs()).singleElement().satisfies(logprob -> {
                assertThat(logprob.token()).isEqualTo(first.text());
                assertThat(logprob.top()).hasSize(1);
            });
        }
        assertThat(fake.calls(FakeOllama.CHAT).getFirst().body()).contains("\"logprobs\":true,\"top_logprobs\":1");
    }

    @Test
    void loadsAndUnloads() {
        try (ModelProvider provider = Providers.discovered(fake, Map.of())) {
            provider.load(
                    Requests.CHAT, SamplingOptions.builder().numCtx(512).build(), Optional.of(Duration.ofSeconds(-1)));
            provider.unload(Requests.CHAT);
            provider.load("embed-small:latest", Optional.empty());
            PluginFailure failure =
                    catchThrowableOfType(PluginFailure.class, () -> provider.load("nobody:latest", Optional.empty()));
            assertThat(failure.code()).isEqualTo(FailureCode.NOT_FOUND);
        }
        assertThat(fake.calls(FakeOllama.GENERATE))
                .extracting(RecordedCall::body)
                .containsExactly(
                        "{\"model\":\"chat:7b\",\"stream\":false,\"options\":{\"num_ctx\":512},\"keep_alive\":-1}",
                        "{\"model\":\"chat:7b\",\"stream\":false,\"keep_alive\":0}");
        assertThat(fake.calls(FakeOllama.EMBED)).hasSize(1);
    }

    @Test
    void asksForEmbeddings() {
        try (ModelProvider provider = Providers.discovered(fake, Map.of())) {
            ((EmbeddingProvider) provider)
                    .embed(new EmbeddingRequest(
                            "embed-small:latest",
                            List.of("a", "b"),
                            false,
                            SamplingOptions.defaults(),
                            Optional.of(Duration.ofMinutes(1))));
        }
        assertThat(fake.calls(FakeOllama.EMBED).getFirst().body())
                .isEqualTo(
                        "{\"model\":\"embed-small:latest\",\"input\":[\"a\",\"b\"],\"truncate\":false,\"keep_alive\":60}");
    }

    @Test
    void doesNotEmbedWithAModelThatDoesNot() {
        try (ModelProvider provider = Providers.discovered(fake, Map.of())) {
            PluginFailure failure = catchThrowableOfType(PluginFailure.class, () -> ((EmbeddingProvider) provider)
                    .embed(EmbeddingRequest.of(Requests.CHAT, List.of("text"))));
            assertThat(failure.code()).isEqualTo(FailureCode.UNSUPPORTED);
        }
        assertThat(fake.calls(FakeOllama.EMBED)).isEmpty();
    }

    @Test
    void tellsWhichServersTheRequestHasPassed() {
        try (ModelProvider provider = Providers.discovered(fake, Map.of())) {
            Hops.run("hop-1 hop-2", () -> provider.stream(Requests.chat("Hi"), new ModelEventRecorder()));
        }
        assertThat(fake.calls(FakeOllama.CHAT).getFirst().header(Hops.HEADER)).contains("hop-1 hop-2");
    }

    private RecordedCall sent(Map<String, Object> settings, ModelRequest request) {
        try (ModelProvider provider = Providers.discovered(fake, settings)) {
            provider.stream(request, new ModelEventRecorder());
        }
        String path = request.prompt() instanceof Prompt.Chat ? FakeOllama.CHAT : FakeOllama.GENERATE;
        return fake.calls(path).getLast();
    }
}
