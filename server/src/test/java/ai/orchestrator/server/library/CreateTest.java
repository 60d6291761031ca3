package ai.orchestrator.server.library;

import static org.assertj.core.api.Assertions.assertThat;

import ai.orchestrator.plugin.PluginFailure;
import ai.orchestrator.plugin.model.Message;
import ai.orchestrator.plugin.model.ModelInfo;
import ai.orchestrator.plugin.model.ModelRequest;
import ai.orchestrator.plugin.model.Prompt;
import ai.orchestrator.plugin.model.RemoteOrigin;
import ai.orchestrator.plugin.model.SamplingOptions;
import ai.orchestrator.server.http.TestClient.Reply;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CreateTest extends LibraryFixture {
    private static final RemoteOrigin CLOUD = new RemoteOrigin("vendor/big", "https://cloud.example");

    private Reply create(String body) {
        return client.post("/api/create", body);
    }

    private String base() {
        String digest = upload(TestGguf.weights("base").bytes());
        Reply made = create("{\"model\":\"base\",\"files\":{\"base.gguf\":\"" + digest
                + "\"},\"system\":\"Be kind.\",\"parameters\":{\"temperature\":0.1,\"stop\":[\"a\",\"b\"]}}");
        assertThat(statuses(made).getLast()).as(made.body()).isEqualTo("success");
        return digest;
    }

    @Test
    void makesAModelOfAFile() {
        String digest = upload(TestGguf.weights("base").bytes());
        Reply reply = create("{\"model\":\"Mine\",\"files\":{\"dir/Base.gguf\":\"" + digest + "\"}}");

        assertThat(reply.header("Content-Type")).isEqualTo("application/x-ndjson");
        assertThat(statuses(reply))
                .startsWith("parsing GGUF", "using existing layer " + digest)
                .endsWith("writing manifest", "success");
        assertThat(listed()).containsExactly("Mine:latest");
        assertThat(runner.offered.getFirst().weights())
                .hasBinaryContent(TestGguf.weights("base").bytes());
    }

    @Test
    void tellsOnlyTheEndWithoutAStream() {
        String digest = upload(TestGguf.weights("base").bytes());
        Reply reply = create("{\"name\":\"mine\",\"stream\":false,\"files\":{\"a.gguf\":\"" + digest + "\"}}");

        assertThat(reply.body()).isEqualTo("{\"status\":\"success\"}");
        assertThat(reply.header("Content-Type")).isEqualTo("application/json");
    }

    @Test
    void recognisesProjectorsAndAdapters() {
        String weights = upload(TestGguf.weights("base").bytes());
        String projector = upload(TestGguf.projector().bytes());
        String adapter = upload(TestGguf.adapter().bytes());
        Reply reply = create("{\"model\":\"eyes\",\"files\":{\"a.gguf\":\"" + weights + "\",\"b.gguf\":\"" + projector
                + "\"},\"adapters\":{\"c.gguf\":\"" + adapter + "\"}}");

        assertThat(statuses(reply).getLast()).isEqualTo("success");
        assertThat(runner.offered.getFirst().projector()).isPresent();
        assertThat(runner.offered.getFirst().adapters()).hasSize(1);
        assertThat(show("eyes")
                        .path("projector_info")
                        .path("general.architecture")
                        .asText())
                .isEqualTo("clip");
    }

    @Test
    void buildsOnAnotherModel() {
        base();
        Reply reply = create("""
                {"model":"child","from":"base","system":"Be brief.","parameters":{"top_k":7},
                 "messages":[{"role":"user","content":"Hi"},{"role":"assistant","content":"Ho"}],
                 "license":["MIT","Apache-2.0"],"renderer":"r1","parser":"p1","requires":"0.14.0"}""");
        JsonNode shown = show("child");

        assertThat(statuses(reply).getLast()).isEqualTo("success");
        assertThat(shown.path("system").asText()).isEqualTo("Be brief.");
        assertThat(shown.path("license").asText()).isEqualTo("MIT\nApache-2.0");
        assertThat(shown.path("parameters").asText().lines().map(line -> line.replaceAll(" +", " ")))
                .containsExactlyInAnyOrder("temperature 0.1", "stop \"a\"", "stop \"b\"", "top_k 7");
        assertThat(shown.path("messages").toString())
                .isEqualTo("[{\"role\":\"user\",\"content\":\"Hi\"},{\"role\":\"assistant\",\"content\":\"Ho\"}]");
        assertThat(shown.path("renderer").asText()).isEqualTo("r1");
        assertThat(shown.path("parser").asText()).isEqualTo("p1");
        assertThat(shown.path("requires").asText()).isEqualTo("0.14.0");
        assertThat(shown.path("details").path("parent_model").asText()).isEqualTo("base:latest");
        assertThat(shown.path("modelfile").asText()).contains("SYSTEM \"\"\"Be brief.\"\"\"", "MESSAGE user Hi");
        assertThat(shown.path("modelfile").asText()).doesNotContain(folder.toString());
    }

    @Test
    void tellsOfAModelSoThatAnEqualOneCanBeMade() {
        base();
        create("""
                {"model":"odd","from":"base","parameters":{"stop":["say \\"x\\"","a\\nb","plain","\\\\ "]},
                "messages":[{"role":"user","content":"one\\ntwo"},{"role":"assistant","content":"plain"}],
                "license":["first","second\\n"]}""");

        assertThat(show("odd").path("modelfile").asText()).isEqualTo("""
                FROM odd:latest
                TEMPLATE \"""{{ own }}\"""
                SYSTEM \"""Be kind.\"""
                PARAMETER stop \"""say "x"\"""
                PARAMETER stop \"""a
                b\"""
                PARAMETER stop "plain"
                PARAMETER stop \"""\\ \"""
                PARAMETER temperature 0.1
                MESSAGE user \"""one
                two\"""
                MESSAGE assistant plain
                LICENSE \"""first\"""
                LICENSE \"""second
                \"""
                """);
    }

    @Test
    void takesATemplateThatTheModelShowsAsNoChange() {
        base();
        runner.own.add(FakeRunner.model("own:latest", "a".repeat(64), Optional.empty()));

        create("{\"model\":\"same\",\"from\":\"base\",\"template\":\"{{ messages }}\"}");
        create("{\"model\":\"alias\",\"from\":\"own\",\"template\":\"{{ own }}\"}");
        create("{\"model\":\"given\",\"from\":\"base\",\"template\":\"Q: {{ .Prompt }}\"}");
        create("{\"model\":\"again\",\"from\":\"given\",\"template\":\"Q: {{ .Prompt }}\"}");

        assertThat(ask("same", List.of(Message.of("user", "Hi")), SamplingOptions.defaults())
                        .prompt())
                .isInstanceOf(Prompt.Chat.class);
        assertThat(ask("alias", List.of(Message.of("user", "Hi")), SamplingOptions.defaults())
                        .prompt())
                .isInstanceOf(Prompt.Chat.class);
        assertThat(ask("again", List.of(Message.of("user", "Hi")), SamplingOptions.defaults())
                        .prompt())
                .isNotInstanceOf(Prompt.Chat.class);
    }

    @Test
    void putsTheModelsOwnUnderTheRequest() {
        base();
        create("""
                {"model":"child","from":"base","system":"Be brief.",
                 "messages":[{"role":"user","content":"Hi"}]}""");
        ModelRequest asked = ask(
                "child:latest",
                List.of(Message.of("user", "Why?")),
                SamplingOptions.builder().temperature(0.9).build());
        ModelRequest withSystem = ask(
                "child:latest",
                List.of(Message.of("system", "Mine."), Message.of("user", "Why?")),
                SamplingOptions.defaults());

        assertThat(asked.prompt())
                .isEqualTo(new Prompt.Chat(List.of(
                        Message.of("system", "Be brief."), Message.of("user", "Hi"), Message.of("user", "Why?"))));
        assertThat(asked.options().temperature()).contains(0.9);
        assertThat(asked.options().stop()).containsExactly("a", "b");
        assertThat(withSystem.prompt())
                .isEqualTo(new Prompt.Chat(
                        List.of(Message.of("system", "Mine."), Message.of("user", "Hi"), Message.of("user", "Why?"))));
        assertThat(withSystem.options().temperature()).contains(0.1);
    }

    @Test
    void isLoadedForTheContextThatItOrTheRequestNames() {
        base();
        create("{\"model\":\"wide\",\"from\":\"base\",\"parameters\":{\"num_ctx\":1024}}");
        client.post("/api/generate", "{\"model\":\"wide\"}");
        client.post("/api/generate", "{\"model\":\"wide\",\"options\":{\"num_ctx\":512}}");

        assertThat(runner.loadedFor)
                .extracting(SamplingOptions::numCtx)
                .containsExactly(Optional.of(1024), Optional.of(512));
    }

    @Test
    void tellsWhatCountsWhereARequestSaysNothing() {
        base();
        create("{\"model\":\"child\",\"from\":\"base\",\"parameters\":{\"temperature\":0.3,\"mirostat\":2}}");
        create("{\"model\":\"hot\",\"from\":\"base\",\"parameters\":{\"temperature\":\"hot\"}}");

        assertThat(catalog.find("child").orElseThrow().defaults())
                .as("its own, its parent's, and those of what runs it")
                .contains(SamplingOptions.builder()
                        .temperature(0.3)
                        .stop(List.of("a", "b"))
                        .topK(3)
                        .other("mirostat", "2")
                        .build());
        assertThat(catalog.find("hot").orElseThrow().defaults()).isEmpty();
    }

    @Test
    void complainsOfAnOptionOfTheWrongTypeWhenItIsUsed() {
        base();
        Reply reply = create("{\"model\":\"hot\",\"from\":\"base\",\"parameters\":{\"temperature\":\"hot\"}}");

        assertThat(statuses(reply).getLast()).isEqualTo("success");
        Assertions.assertThatThrownBy(
                        () -> ask("hot:latest", List.of(Message.of("user", "x")), SamplingOptions.defaults()))
                .isInstanceOf(PluginFailure.class)
                .hasMessage("option \"temperature\" must be of type float32");
    }

    @Test
    void rendersATemplateThatWasGiven() {
        base();
        create("{\"model\":\"child\",\"from\":\"base\",\"template\":"
                + "\"<s>{{ .System }}</s>{{ range .Messages }}[{{ .Role }}]{{ .Content }}{{ end }}{{ .Suffix }}\"}");
        ModelRequest asked = ask("child:latest", List.of(Message.of("user", "Why?")), SamplingOptions.defaults());

        assertThat(asked.prompt()).isInstanceOfSatisfying(Prompt.Raw.class, raw -> assertThat(raw.text())
                .contains("Be kind.", "[user]Why?"));
        assertThat(show("child").path("template").asText()).startsWith("<s>{{ .System }}");
        assertThat(tag("child:latest").path("capabilities").toString()).contains("insert");
        assertThat(tag("base:latest").path("capabilities").toString()).doesNotContain("insert");
    }

    @Test
    void usesTheWeightsOwnTemplateBeforeOneThatWasPulled() {
        for (boolean own : new boolean[] {true, false}) {
            TestGguf weights = TestGguf.weights("t" + own);
            registry.model("library/t" + own + "/manifests/latest")
                    .layer(MediaTypes.WEIGHTS, (own ? weights : weights.without("tokenizer.chat_template")).bytes())
                    .layer(MediaTypes.TEMPLATE, "<{{ .Prompt }}>")
                    .publish();
            pull("t" + own);
        }

        assertThat(ask("ttrue:latest", List.of(Message.of("user", "x")), SamplingOptions.defaults())
                        .prompt())
                .isInstanceOf(Prompt.Chat.class);
        assertThat(ask("tfalse:latest", List.of(Message.of("user", "x")), SamplingOptions.defaults())
                        .prompt())
                .isEqualTo(new Prompt.Raw("<x>"));
    }

    @Test
    void refusesATemplateThatIsNone() {
        base();
        Reply reply = create("{\"model\":\"child\",\"from\":\"base\",\"template\":\"{{ if }}\"}");

        assertThat(error(reply)).startsWith("the template is not valid: ");
        assertThat(listed()).containsExactly("base:latest");
    }

    @Test
    void aModelThatIsMadeAnewIsAnotherOne() {
        base();
        String before = tag("base:latest").path("digest").asText();
        create("{\"model\":\"base\",\"from\":\"base\",\"system\":\"Be rude.\"}");

        assertThat(tag("base:latest").path("digest").asText()).isNotEqualTo(before);
        assertThat(listed()).containsExactly("base:latest");
        assertThat(show("base").path("system").asText()).isEqualTo("Be rude.");
    }

    @Test
    void standsForAConfiguredModel() {
        runner.own.add(FakeRunner.model("own:latest", "a".repeat(64), Optional.empty()));
        create("{\"model\":\"alias\",\"from\":\"own\",\"system\":\"Be brief.\"}");
        String before = tag("alias:latest").path("digest").asText();
        ModelRequest asked = ask("alias:latest", List.of(Message.of("user", "x")), SamplingOptions.defaults());

        assertThat(asked.model()).isEqualTo("own:latest");
        assertThat(((Prompt.Chat) asked.prompt()).messages()).first().isEqualTo(Message.of("system", "Be brief."));
        assertThat(runner.offered).isEmpty();

        // what answers has changed, and so the alias is another model for the cache
        runner.own.set(0, FakeRunner.model("own:latest", "b".repeat(64), Optional.empty()));
        assertThat(tag("alias:latest").path("digest").asText()).isNotEqualTo(before);
    }

    @Test
    void standsForAConfiguredModelUnderAnotherTemplate() {
        runner.own.add(FakeRunner.model("own:latest", "a".repeat(64), Optional.empty()));
        create(
                "{\"model\":\"alias\",\"from\":\"own\",\"template\":\"<{{ .Prompt }}>{{ if .Suffix }}{{ .Suffix }}{{ end }}\"}");
        ModelRequest asked = ask("alias:latest", List.of(Message.of("user", "x")), SamplingOptions.defaults());

        assertThat(asked.model()).isEqualTo("own:latest");
        assertThat(asked.prompt()).isEqualTo(new Prompt.Raw("<x>"));
        assertThat(tag("alias:latest").path("capabilities").toString()).contains("insert");
        assertThat(tag("own:latest").path("capabilities").toString()).doesNotContain("insert");
    }

    @Test
    void standsForARemoteModel() {
        runner.own.add(FakeRunner.model("vendor/big:latest", "a".repeat(64), Optional.of(CLOUD)));
        Reply reply = create("""
                {"model":"mycloud","from":"vendor/big","remote_host":"https://cloud.example/",
                 "system":"Be brief.","info":{"capabilities":["completion"],"context_length":1000}}""");
        JsonNode tag = tag("mycloud:latest");

        assertThat(statuses(reply).getLast()).isEqualTo("success");
        assertThat(tag.path("remote_model").asText()).isEqualTo("vendor/big");
        assertThat(tag.path("remote_host").asText()).isEqualTo("https://cloud.example");
        assertThat(show("mycloud").path("remote_host").asText()).isEqualTo("https://cloud.example");
        assertThat(ask("mycloud:latest", List.of(Message.of("user", "x")), SamplingOptions.defaults())
                        .model())
                .isEqualTo("vendor/big:latest");
        restart(false);
        assertThat(listed()).containsExactly("mycloud:latest");
    }

    @Test
    void pullsTheBaseIfItIsNotThere() {
        registry.model("library/far/manifests/latest")
                .layer(MediaTypes.WEIGHTS, TestGguf.weights("far").bytes())
                .publish();
        Reply reply = create("{\"model\":\"near\",\"from\":\"far\",\"system\":\"Be brief.\"}");

        assertThat(statuses(reply)).startsWith("pulling manifest").endsWith("success");
        assertThat(statuses(reply)).filteredOn("success"::equals).hasSize(1);
        assertThat(listed()).containsExactlyInAnyOrder("far:latest", "near:latest");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            {} | invalid model name
            {"model":"a b","from":"x"} | invalid model name
            {"model":"x"} | neither 'from' or 'files' was specified
            {"model":"x","files":{"/etc/passwd":"sha256:ZERO"}} | file path must be relative
            {"model":"x","files":{"../up.gguf":"sha256:ZERO"}} | file path must be relative
            {"model":"x","files":{"a/../../b.gguf":"sha256:ZERO"}} | file path must be relative
            {"model":"x","files":{"a.gguf":"sha256:12"}} | invalid digest format
            {"model":"x","files":{"a.gguf":7}} | json: cannot unmarshal number into Go struct field CreateRequest.files of type string
            {"model":"x","files":{"a.gguf":"sha256:ZERO"}} | blob "sha256:ZERO" is not on this server: send it to /api/blobs first
            {"model":"x","files":{"model.safetensors":"sha256:ZERO"}} | only GGUF files can be made into a model, and 'model.safetensors' is none: convert it first
            {"model":"x","from":"auto"} | 'auto' stands for a choice of models, and no model can be made from it
            {"model":"auto","from":"own"} | model 'auto:latest' is part of this server's configuration and cannot be replaced
            {"model":"own","from":"own"} | model 'own:latest' is part of this server's configuration and cannot be replaced
            {"model":"x","from":"own","quantize":"q9"} | unsupported quantization type Q9 - supported types are F32, F16, BF16, Q2_K, Q3_K_S, Q3_K_M, Q3_K_L, Q4_0, Q4_1, Q4_K_S, Q4_K_M, Q5_0, Q5_1, Q5_K_S, Q5_K_M, Q6_K, Q8_0
            {"model":"x","from":"own","quantize":"q4_0"} | quantizing needs llama-quantize, which comes with the native engine and is not installed: run 'manage.sh engine', or bring a quantized GGUF file
            {"model":"x","from":"y","remote_host":"https://elsewhere.example"} | this server cannot run this remote model
            {"model":"x","remote_host":"https://elsewhere.example","files":{"a.gguf":"sha256:ZERO"}} | bad remote
            {"model":"x","from":"own","adapters":{"a.gguf":"sha256:ZERO"}} | adapters need a model of this server's library, which 'own' is not
            {"model":"x","from":"own","draft_model":"y"} | draft models are not supported by this server
            {"model":"x","from":"own","info":7} | json: cannot unmarshal number into Go struct field CreateRequest.info of type map[string]interface {}
            """)
    void refusesWhatNoModelCanBeMadeOf(String body, String message) {
        runner.own.add(FakeRunner.model("own:latest", "a".repeat(64), Optional.empty()));
        String zero = "0".repeat(64);
        String[] named = body.contains("stream")
                ? new String[] {body}
                : new String[] {body, body.replaceFirst("\\{", "{\"stream\":false" + (body.length() > 2 ? "," : ""))};
        for (String request : named) {
            Reply reply = create(request.replace("ZERO", zero));
            assertThat(error(reply)).isEqualTo(message.replace("ZERO", zero));
        }
        assertThat(create(named[named.length - 1].replace("ZERO", zero)).status())
                .isEqualTo(400);
        assertThat(listed()).isEmpty();
        assertThat(files()).isEmpty();
    }

    @Test
    void refusesFilesThatAreNoWeights() {
        String junk = upload("GGUF and then junk".getBytes(java.nio.charset.StandardCharsets.UTF_8));
        String adapter = upload(TestGguf.adapter().bytes());
        String one = upload(TestGguf.weights("one").bytes());
        String two = upload(TestGguf.weights("two").bytes());

        assertThat(error(create("{\"model\":\"x\",\"files\":{\"a.gguf\":\"" + junk + "\"}}")))
                .contains("cannot be used: its GGUF version is neither 2 nor 3");
        assertThat(error(create("{\"model\":\"x\",\"files\":{\"a.gguf\":\"" + adapter + "\"}}")))
                .isEqualTo("none of the files holds a model's weights");
        assertThat(error(create("{\"model\":\"x\",\"files\":{\"a.gguf\":\"" + one + "\",\"b.gguf\":\"" + two + "\"}}")))
                .isEqualTo("the files hold the weights of more than one model");
        assertThat(error(create("{\"model\":\"x\",\"files\":{\"a.gguf\":\"" + one + "\"},\"adapters\":{\"b.gguf\":\""
                        + two + "\"}}")))
                .contains("is not an adapter");
        assertThat(listed()).isEmpty();
    }

    @Test
    void isRefusedWhereTheLibraryIsReadOnly() {
        restart(true);

        assertThat(create("{\"model\":\"x\",\"from\":\"y\"}").status()).isEqualTo(403);
        assertThat(upload(new byte[] {1}, "sha256:" + "0".repeat(64)).status()).isEqualTo(403);
    }

    private ModelRequest ask(String model, List<Message> messages, SamplingOptions options) {
        ModelInfo info = catalog.find(model).orElseThrow();
        ModelRequest request =
                ModelRequest.of("r1", info.name(), new Prompt.Chat(messages)).withOptions(options);
        library.provider().stream(request, new Dropped());
        return runner.requests.getLast();
    }
}
