package ai.orchestrator.server.http.ollama;

import static org.assertj.core.api.Assertions.assertThat;

import ai.orchestrator.plugin.model.Image;
import ai.orchestrator.plugin.model.Message;
import ai.orchestrator.plugin.model.Prompt;
import ai.orchestrator.plugin.model.ResponseFormat;
import ai.orchestrator.server.http.FakeAnswers;
import ai.orchestrator.server.http.TestClient.Reply;
import ai.orchestrator.server.orchestration.ChatRequest;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GenerateTest extends OllamaFixture {
    @Test
    void answersWhole() {
        JsonNode body = client.post("/api/generate", "{\"model\":\"test\",\"prompt\":\"Hello\",\"stream\":false}")
                .json();

        assertThat(body.fieldNames())
                .toIterable()
                .containsExactly(
                        "model",
                        "created_at",
                        "response",
                        "done",
                        "done_reason",
                        "context",
                        "total_duration",
                        "load_duration",
                        "prompt_eval_count",
                        "prompt_eval_cached_count",
                        "prompt_eval_duration",
                        "eval_count",
                        "eval_duration");
        assertThat(body.path("response").asText()).isEqualTo("Hi!");
    }

    @Test
    void streamsPiecesAndEndsWithTheContext() {
        answers.script(FakeAnswers.says("He", "llo"));
        Reply reply = client.post("/api/generate", "{\"model\":\"test\",\"prompt\":\"Hello\"}");
        List<JsonNode> lines = reply.lines();

        assertThat(reply.header("Content-Type")).isEqualTo("application/x-ndjson");
        assertThat(lines).extracting(line -> line.path("response").asText()).containsExactly("He", "llo", "");
        assertThat(lines.get(0).fieldNames()).toIterable().containsExactly("model", "created_at", "response", "done");
        assertThat(lines.getLast().path("context").isArray()).isTrue();
    }

    @Test
    void asksTheSameAsChatDoes() {
        client.post("/api/generate", "{\"model\":\"test\",\"prompt\":\"Hello\",\"system\":\"Be brief.\"}");
        ChatRequest generate = answers.last();
        client.post(
                "/api/chat",
                "{\"model\":\"test\",\"messages\":[{\"role\":\"system\",\"content\":\"Be brief.\"},"
                        + "{\"role\":\"user\",\"content\":\"Hello\"}]}");
        ChatRequest chat = answers.last();

        assertThat(generate.prompt()).isEqualTo(chat.prompt());
        assertThat(generate.options()).isEqualTo(chat.options());
        assertThat(generate.format()).isEqualTo(chat.format()).isEqualTo(ResponseFormat.text());
        assertThat(generate.extra()).isEqualTo(chat.extra()).isEmpty();
    }

    @Test
    void goesOnFromAContext() {
        answers.script(FakeAnswers.says("Grüße 👋"));
        JsonNode first = client.post(
                        "/api/generate",
                        "{\"model\":\"test\",\"prompt\":\"Hello\",\"system\":\"Be brief.\",\"stream\":false}")
                .json();
        JsonNode second = client.post(
                        "/api/generate",
                        "{\"model\":\"test\",\"prompt\":\"Again\",\"stream\":false,\"context\":" + first.path("context")
                                + "}")
                .json();

        assertThat(answers.last().prompt())
                .isEqualTo(new Prompt.Chat(List.of(
                        Message.of("system", "Be brief."),
                        Message.of("user", "Hello"),
                        Message.of("assistant", "Grüße 👋"),
                        Message.of("user", "Again"))));
        assertThat(answers.last().cacheControl().noStore()).isTrue();
        assertThat(second.path("context").size())
                .isGreaterThan(first.path("context").size());
    }

    @Test
    void keepsTheLatestTurnsWhereAContextGrowsTooLong() {
        String context = "[]";
        for (int turn = 0; turn < 8; turn++) {
            context = client.post(
                            "/api/generate",
                            "{\"model\":\"test\",\"system\":\"S\",\"stream\":false,\"prompt\":\"" + turn
                                    + "x".repeat(20_000) + "\",\"context\":" + context + "}")
                    .json()
                    .path("context")
                    .toString();
        }
        client.post("/api/generate", "{\"model\":\"test\",\"prompt\":\"Last\",\"context\":" + context + "}");
        List<Message> messages = ((Prompt.Chat) answers.last().prompt()).messages();

        assertThat(messages.getFirst()).isEqualTo(Message.of("system", "S"));
        assertThat(messages)
                .filteredOn(message -> message.content().startsWith("7x"))
                .hasSize(1);
        assertThat(messages).noneMatch(message -> message.content().startsWith("0x"));
    }

    @Test
    void givesRawTextAsItStands() {
        JsonNode body = client.post(
                        "/api/generate",
                        "{\"model\":\"test\",\"prompt\":\"<|im_start|>\",\"raw\":true,\"stream\":false}")
                .json();

        assertThat(answers.last().prompt()).isEqualTo(new Prompt.Raw("<|im_start|>"));
        assertThat(answers.last().cacheControl().noStore()).isTrue();
        assertThat(body.has("context")).isFalse();
    }

    @Test
    void fillsInBeforeASuffix() {
        client.post("/api/generate", "{\"model\":\"able\",\"prompt\":\"a(\",\"suffix\":\")\"}");

        assertThat(answers.last().prompt()).isEqualTo(new Prompt.Insert("a(", ")"));
        assertThat(answers.last().cacheControl().noStore()).isFalse();
    }

    @Test
    void putsThePromptThroughATemplateOfTheRequest() {
        String template = "{{ if .System }}[{{ .System }}] {{ end }}Q: {{ .Prompt }} A: {{ .Response }}\\n";
        JsonNode first = client.post(
                        "/api/generate",
                        "{\"model\":\"test\",\"prompt\":\"Hello\",\"system\":\"S\",\"stream\":false,\"template\":\""
                                + template + "\"}")
                .json();

        assertThat(answers.last().prompt()).isEqualTo(new Prompt.Raw("[S] Q: Hello A: "));
        assertThat(answers.last().cacheControl().noStore()).isFalse();

        client.post(
                "/api/generate",
                "{\"model\":\"test\",\"prompt\":\"More\",\"context\":" + first.path("context") + ",\"template\":\""
                        + template + "\"}");

        assertThat(answers.last().prompt()).isEqualTo(new Prompt.Raw("[S] Q: Hello A: Hi!\nQ: More A: "));
        assertThat(answers.last().cacheControl().noStore()).isTrue();
    }

    @Test
    void fillsInThroughATemplateOfTheRequestWhateverTheModelsOwn() {
        client.post(
                "/api/generate",
                "{\"model\":\"test\",\"prompt\":\"a(\",\"suffix\":\")\",\"template\":\"<P>{{ .Prompt }}<S>{{ .Suffix }}<M>\"}");

        assertThat(answers.last().prompt()).isEqualTo(new Prompt.Raw("<P>a(<S>)<M>"));
    }

    @Test
    void tellsThoughtsFromTheAnswerWhereTheTemplateOfTheRequestHasMarksForThem() {
        answers.script(FakeAnswers.says("<thi", "nk>Hm.</think>", "\n\nHi"));
        List<JsonNode> lines = client.post(
                        "/api/generate",
                        "{\"model\":\"able\",\"prompt\":\"Hello\",\"template\":\"{{ range .Messages }}"
                                + "<think>{{ .Thinking }}</think>{{ .Content }}{{ end }}\"}")
                .lines();

        assertThat(lines).extracting(line -> line.path("thinking").asText()).containsExactly("Hm.", "", "");
        assertThat(lines).extracting(line -> line.path("response").asText()).containsExactly("", "Hi", "");
    }

    @Test
    void showsImagesToTheModel() {
        client.post("/api/generate", "{\"model\":\"able\",\"prompt\":\"What?\",\"images\":[\"aGk=\"]}");

        assertThat(((Prompt.Chat) answers.last().prompt()).messages().getFirst().images())
                .containsExactly(new Image("hi".getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void loadsEvenWhereAStreamIsAskedFor() {
        Reply reply = client.post("/api/generate", "{\"model\":\"test\",\"stream\":true}");

        assertThat(reply.header("Content-Type")).isEqualTo("application/json; charset=utf-8");
        assertThat(reply.body())
                .matches("\\{\"model\":\"test\",\"created_at\":\"[^\"]+Z\",\"response\":\"\",\"done\":true,"
                        + "\"done_reason\":\"load\"}");
        assertThat(catalog.calls).containsExactly("load test:latest default");
    }

    @Test
    void unloadsAnyModelAndLoadsNone() {
        Reply reply = client.post("/api/generate", "{\"model\":\"bert\",\"keep_alive\":0,\"prompt\":\"\"}");

        assertThat(reply.json().path("done_reason").asText()).isEqualTo("unload");
        assertThat(catalog.calls).containsExactly("unload bert:latest");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    {}                                                    | 404 | model '' not found
                    {"model":"a b","prompt":"x"}                          | 400 | invalid model name
                    {"model":"nope"}                                      | 404 | model 'nope' not found
                    {"model":"nope","keep_alive":0}                       | 404 | model 'nope' not found
                    {"model":"bert","prompt":"x"}                         | 400 | "bert" does not support generate
                    {"model":"test","prompt":"x","suffix":"y"}            | 400 | registry.ollama.ai/library/test:latest does not support insert
                    {"model":"test","prompt":"x","raw":true,"system":"s"} | 400 | raw mode does not support template, system, or context
                    {"model":"test","prompt":"x","raw":true,"template":"t"} | 400 | raw mode does not support template, system, or context
                    {"model":"test","prompt":"x","template":"{{ if"}      | 400 | the template cannot be read: line 1, column 1: the action has no end
                    {"model":"test","prompt":"x","template":"{{ .Prompt.X }}"} | 400 | the template does not take this request: line 1, column 4: string has no field X
                    {"model":"able","prompt":"x","suffix":"y","template":"{{ .Prompt }}"} | 400 | the template has no place for a suffix
                    {"model":"able","prompt":"x","images":["aGk="],"template":"{{ .Prompt }}"} | 400 | the template has no place for images
                    {"model":"test","prompt":"x","top_logprobs":-1}       | 400 | top_logprobs must be between 0 and 20
                    {"model":"test","prompt":"x","context":[1,2,3]}       | 400 | the context was not made by this server; send the earlier turns as messages to /api/chat instead
                    {"model":"test","prompt":"x","context":[6383983,1,9]} | 400 | the context was not made by this server; send the earlier turns as messages to /api/chat instead
                    {"model":"test","prompt":"x","context":[6383983,1,4,1,2]} | 400 | the context was not made by this server; send the earlier turns as messages to /api/chat instead
                    {"model":"test","prompt":"x","context":["a"]}         | 400 | the context was not made by this server; send the earlier turns as messages to /api/chat instead
                    {"model":"test","prompt":{}}                          | 400 | json: cannot unmarshal object into Go struct field GenerateRequest.prompt of type string
                    """)
    void refusesWhatIsWrong(String body, int status, String message) {
        Reply reply = client.post("/api/generate", body);

        assertThat(reply.json().path("error").asText()).isEqualTo(message);
        assertThat(reply.status()).isEqualTo(status);
        assertThat(answers.count()).isZero();
    }
}
