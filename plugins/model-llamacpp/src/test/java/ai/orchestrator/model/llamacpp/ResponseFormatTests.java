package ai.orchestrator.model.llamacpp;

import static org.assertj.core.api.Assertions.assertThat;

import ai.orchestrator.plugin.FailureCode;
import ai.orchestrator.plugin.PluginFailure;
import ai.orchestrator.plugin.model.FinishReason;
import ai.orchestrator.plugin.model.Message;
import ai.orchestrator.plugin.model.ModelRequest;
import ai.orchestrator.plugin.model.ResponseFormat;
import ai.orchestrator.plugin.model.SamplingOptions;
import ai.orchestrator.testkit.ModelEventRecorder;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers held to a form, by a model that has no idea of it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ResponseFormatTests {
    private static final String MODEL = "tiny:latest";
    private static final String SCHEMA = """
            {"type": "object",
             "properties": {
               "colour": {"enum": ["red", "green"]},
               "sure": {"type": "boolean"},
               "count": {"type": "integer", "minimum": 0, "maximum": 99},
               "name": {"type": "string", "maxLength": 4},
               "list": {"type": "array", "items": {"type": "boolean"}, "minItems": 1, "maxItems": 2}},
             "required": ["colour", "sure", "count", "name", "list"],
             "additionalProperties": false}""";

    @TempDir
    static Path folder;

    @SuppressWarnings("NullAway.Init")
    private LlamaCppProvider provider;

    /** A provider on the engine under test. */
    abstract LlamaCppProvider provider(Path folder, Map<String, Object> settings);

    @BeforeAll
    void open() {
        TinyModels.generator().to(folder.resolve("tiny.gguf"));
        provider = provider(folder, Map.of());
    }

    @AfterAll
    void close() {
        provider.close();
    }

    @Test
    void an_answer_is_as_the_schema_says() throws Exception {
        for (long seed = 1; seed <= 5; seed++) {
            ModelEventRecorder answer = ask(new ResponseFormat.JsonSchema(SCHEMA), seed, 400);

            assertThat(answer.finished().reason()).isEqualTo(FinishReason.STOP);
            JsonNode json = new JsonMapper().readTree(answer.text());
            assertThat(json.fieldNames()).toIterable().containsExactly("colour", "sure", "count", "name", "list");
            assertThat(json.get("colour").textValue()).isIn("red", "green");
            assertThat(json.get("sure").isBoolean()).isTrue();
            assertThat(json.get("count").intValue()).isBetween(0, 99);
            assertThat(json.get("name")
                            .textValue()
                            .codePointCount(0, json.get("name").textValue().length()))
                    .isLessThanOrEqualTo(4);
            assertThat(json.get("list").size()).isBetween(1, 2);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '!',
            value = {
                "^\\d{4}$ ! [0-9]{4}",
                "^[\\w\\-]{3}$ ! [A-Za-z0-9_-]{3}",
                "^(?:ab|c.){2}$ ! (ab|c.){2}",
                "^[^a-z]{5}$ ! [^a-z]{5}",
            })
    void a_text_has_the_form_that_its_pattern_says(String pattern, String form) throws Exception {
        JsonMapper mapper = new JsonMapper();
        for (long seed = 1; seed <= 3; seed++) {
            String schema = "{\"type\": \"string\", \"pattern\": " + mapper.writeValueAsString(pattern) + "}";
            ModelEventRecorder answer = ask(new ResponseFormat.JsonSchema(schema), seed, 100);
            assertThat(mapper.readTree(answer.text()).textValue()).matches(form);
        }
    }

    @Test
    void a_schema_may_hold_itself() throws Exception {
        String schema = """
                {"type": "object", "properties": {"v": {"type": "boolean"}, "next": {"anyOf": [{"$ref": "#"}, {"type": "null"}]}},
                 "required": ["v", "next"]}""";
        ModelEventRecorder answer = ask(new ResponseFormat.JsonSchema(schema), 1, 900);
        assertThat(new JsonMapper().readTree(answer.text()).fieldNames())
                .toIterable()
                .containsExactly("v", "next");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"enum\": [\"a\\\"b\", \"c\"]}",
                "{\"type\": \"array\", \"items\": {\"type\": \"boolean\"}, \"maxItems\": 0}"
            })
    void an_answer_is_held_to_what_is_awkward_or_refused(String schema) throws Exception {
        ModelEventRecorder answer = new ModelEventRecorder();
        try {
            provider.stream(request(new ResponseFormat.JsonSchema(schema), 1, 100), answer);
        } catch (PluginFailure e) {
            assertThat(e.code()).isEqualTo(FailureCode.INVALID_REQUEST);
            return;
        }
        assertThat(new JsonMapper().readTree(answer.text()).toString()).isIn("\"a\\\"b\"", "\"c\"", "[]");
    }

    @Test
    void a_schema_that_nothing_satisfies_is_refused() {
        String schema = "{\"type\": \"integer\", \"minimum\": 5, \"maximum\": 3}";
        assertThat(Ask.failure(provider, request(new ResponseFormat.JsonSchema(schema), 1, 9))
                        .code())
                .isEqualTo(FailureCode.INVALID_REQUEST);
    }

    @Test
    void any_json_is_an_object_unless_it_is_cut() throws Exception {
        int whole = 0;
        for (long seed = 1; seed <= 8; seed++) {
            ModelEventRecorder answer = ask(new ResponseFormat.Json(), seed, 300);
            assertThat(answer.text().strip()).startsWith("{");
            if (answer.finished().reason() == FinishReason.STOP) {
                assertThat(new JsonMapper().readTree(answer.text()).isObject()).isTrue();
                whole++;
            }
        }
        assertThat(whole).isPositive();
    }

    @Test
    void an_answer_that_is_cut_says_so() {
        ModelEventRecorder answer = ask(new ResponseFormat.JsonSchema(SCHEMA), 1, 3);

        assertThat(answer.finished().reason()).isEqualTo(FinishReason.LENGTH);
        assertThat(answer.finished().usage().completionTokens()).isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{\"type\": \"nonsense\"}", "{\"$ref\": \"#/nowhere\"}", "{\"type\": ", "[]", "\"yaml\"", ""})
    void a_schema_that_cannot_be_used_is_refused_and_the_model_stays(String schema) {
        ask(new ResponseFormat.Json(), 1, 4);
        long process = provider.worker(MODEL).orElseThrow().child().pid();

        assertThat(Ask.failure(provider, request(new ResponseFormat.JsonSchema(schema), 1, 4))
                        .code())
                .isEqualTo(FailureCode.INVALID_REQUEST);
        assertThat(provider.worker(MODEL).orElseThrow().child().pid()).isEqualTo(process);
    }

    private ModelEventRecorder ask(ResponseFormat format, long seed, int limit) {
        return Ask.answer(provider, request(format, seed, limit));
    }

    private static ModelRequest request(ResponseFormat format, long seed, int limit) {
        SamplingOptions.Builder options =
                SamplingOptions.builder().temperature(1).seed(seed).numPredict(limit);
        return Ask.chat(MODEL, options, Message.of("user", "x")).withFormat(format);
    }
}
