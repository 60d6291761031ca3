package ai.orchestrator.server.http.anthropic;

import static org.assertj.core.api.Assertions.assertThat;

import ai.orchestrator.plugin.FailureCode;
import ai.orchestrator.plugin.PluginFailure;
import ai.orchestrator.server.http.FakeAnswers;
import ai.orchestrator.server.http.NamedEvents;
import ai.orchestrator.server.http.NamedEvents.Event;
import ai.orchestrator.server.http.TestClient.Reply;
import ai.orchestrator.server.orchestration.AnswerFailure;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MessagesErrorsTest extends AnthropicFixture {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {}                                                                   | model is required
            {"model":"test"}                                                     | max_tokens is required and must be positive
            {"model":"test","max_tokens":0}                                      | max_tokens is required and must be positive
            {"model":"test","max_tokens":1}                                      | messages is required
            {"model":"test","max_tokens":1,"messages":[]}                        | messages is required
            {"model":"test","max_tokens":1,"messages":"hi"}                      | 'messages' must be an array, not a string
            {"model":"test","max_tokens":"1","messages":[{"role":"user"}]}       | 'max_tokens' must be a whole number, not a string
            {"model":"test","max_tokens":1,"messages":[{"role":"user"}]}         | messages[0].content is required
            {"model":"test","max_tokens":1,"messages":[{"role":"wizard","content":"x"}]} | messages[0].role must be "user", "assistant" or "system"
            {"model":"a b","max_tokens":1,"messages":[{"role":"user","content":"x"}]}    | invalid model name
            {"model":"bert","max_tokens":1,"messages":[{"role":"user","content":"x"}]}   | "bert" does not support chat
            """)
    void refusesWhatIsWrong(String body, String message) {
        Reply reply = client.post("/v1/messages", body);

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.header("Content-Type")).startsWith("application/json");
        assertThat(reply.json().path("type").asText()).isEqualTo("error");
        assertThat(reply.json().path("error").path("type").asText()).isEqualTo("invalid_request_error");
        assertThat(reply.json().path("error").path("message").asText()).isEqualTo(message);
        assertThat(reply.json().path("request_id").asText())
                .matches("req_[0-9a-f]{24}")
                .isEqualTo(reply.header("request-id"));
        assertThat(answers.count()).isZero();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            "tools":[{"name":"look"}]                            | registry.ollama.ai/library/test:latest does not support tools
            "tools":[{"type":"custom"}]                          | tools[0]: name is required
            "tools":[{"type":"bash_20250124","name":"bash"}]     | tools[0]: tool type "bash_20250124" is not supported
            "tools":[{"name":"look","input_schema":"x"}]         | 'input_schema' must be an object, not a string
            "tool_choice":{"type":"tool","name":"look"}          | tool_choice: there is no tool "look"
            "tool_choice":{"type":"maybe"}                       | 'tool_choice.type' must be "auto", "any", "tool" or "none"
            "thinking":{"type":"hard"}                           | 'thinking.type' must be "enabled", "disabled", "adaptive" or "between_tools"
            "output_config":{"effort":"huge"}                    | 'output_config.effort' must be "low", "medium", "high", "xhigh" or "max"
            "output_config":{"format":{"type":"xml"}}            | 'output_config.format' must have the type "json_schema" and a schema
            "system":[{"type":"image"}]                          | system[0]: content block type "image" is not supported
            "mcp_servers":[{"name":"x"}]                         | 'mcp_servers' is not supported
            "stop_sequences":"END"                               | 'stop_sequences' must be an array, not a string
            "stream":"yes"                                       | 'stream' must be a boolean, not a string
            """)
    void refusesWhatItCannotDo(String member, String message) {
        Reply reply = ask("test", "," + member);

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.json().path("error").path("message").asText()).isEqualTo(message);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"type":"video"}                                     | messages[0].content[0]: content block type "video" is not supported
            {"type":"document","source":{"type":"base64"}}       | messages[0].content[0]: document source type "base64" is not supported, only "text"
            {"type":"tool_use","name":"x"}                       | messages[0].content[0]: tool_use block missing required 'id' field
            {"type":"tool_use","id":"x"}                         | messages[0].content[0]: tool_use block missing required 'name' field
            {"type":"image","source":{"type":"url"}}             | invalid image source type: url. Only base64 images are supported.
            {"type":"image","source":{"type":"base64","data":"a!"}} | invalid base64 image data
            {"type":"image","source":{"type":"base64","data":"aGk="}} | Multimodal data provided, but model does not support multimodal requests.
            {"type":"tool_result","content":[{"type":"audio"}]}  | messages[0].content[0].content[0]: content block type "audio" is not supported
            """)
    void refusesBlocksThatItCannotRead(String block, String message) {
        Reply reply = client.post(
                "/v1/messages",
                "{\"model\":\"test\",\"max_tokens\":1,\"messages\":[{\"role\":\"user\",\"content\":[" + block + "]}]}");

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.json().path("error").path("message").asText()).isEqualTo(message);
    }

    @ParameterizedTest
    @CsvSource({
        "RATE_LIMITED,429,rate_limit_error",
        "OVERLOADED,503,overloaded_error",
        "NOT_FOUND,404,not_found_error",
        "CONTEXT_LENGTH,400,invalid_request_error",
        "CREDENTIALS,502,api_error",
        "INTERNAL,500,api_error"
    })
    void givesEachFailureItsStatusAndType(FailureCode code, int status, String type) {
        answers.script(FakeAnswers.fails(new PluginFailure.Permanent(code, "it is overloaded")));

        for (String more : new String[] {"", ",\"stream\":true"}) {
            Reply reply = ask("test", more);
            assertThat(reply.status()).isEqualTo(status);
            assertThat(reply.json().path("error").path("type").asText()).isEqualTo(type);
            assertThat(reply.json().path("error").path("message").asText()).isEqualTo("it is overloaded");
        }
    }

    @Test
    void namesARequestThatItDoesNotRead() {
        Reply reply = client.get("/v1/messages");

        assertThat(reply.status()).isEqualTo(405);
        assertThat(reply.json().path("request_id").asText())
                .matches("req_[0-9a-f]{24}")
                .isEqualTo(reply.header("request-id"));
    }

    @Test
    void saysWhenToTryAgain() {
        answers.script(FakeAnswers.fails(
                new PluginFailure.Retriable(FailureCode.RATE_LIMITED, "slow down", Duration.ofSeconds(7))));

        assertThat(ask("test", "").header("Retry-After")).isEqualTo("7");
    }

    @Test
    void saysThatThereIsNoSuchModel() {
        answers.script(FakeAnswers.fails(new AnswerFailure(AnswerFailure.Kind.MODEL_NOT_FOUND, "no")));
        Reply reply = ask("nope", "");

        assertThat(reply.status()).isEqualTo(404);
        assertThat(reply.body())
                .matches(
                        "\\{\"type\":\"error\",\"error\":\\{\"type\":\"not_found_error\",\"message\":\"model 'nope' not"
                                + " found\"},\"request_id\":\"req_[0-9a-f]{24}\"}\\s*");
    }

    @Test
    void endsABrokenStreamWithAnError() {
        answers.script(
                FakeAnswers.breaksOff(new PluginFailure.Retriable(FailureCode.BROKEN_OFF, "the model's process died")));
        Reply reply = ask("test", ",\"stream\":true");
        List<Event> events = NamedEvents.of(reply.body());

        assertThat(reply.status()).isEqualTo(200);
        assertThat(NamedEvents.names(events)).startsWith("message_start").endsWith("error");
        assertThat(NamedEvents.names(events)).doesNotContain("message_stop");
        assertThat(events.getLast().data().path("error"))
                .hasToString("{\"type\":\"api_error\",\"message\":\"the model's process died\"}");
        assertThat(events.getLast().data().path("request_id").asText()).isEqualTo(reply.header("request-id"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{\"model\"", "[]", "nonsense"})
    void refusesWhatIsNoJsonObject(String body) {
        Reply reply = client.post("/v1/messages", body);

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.json().path("error").path("type").asText()).isEqualTo("invalid_request_error");
    }

    @Test
    void refusesABodyThatIsTooLarge() {
        Reply reply = ask("test", ",\"x\":\"" + "x".repeat((int) MAX_BODY) + "\"");

        assertThat(reply.status()).isEqualTo(413);
        assertThat(reply.json().path("error").path("type").asText()).isEqualTo("request_too_large");
    }
}
