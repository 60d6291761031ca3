package ai.orchestrator.server.http.responses;

import static org.assertj.core.api.Assertions.assertThat;

import ai.orchestrator.plugin.FailureCode;
import ai.orchestrator.plugin.PluginFailure;
import ai.orchestrator.server.http.FakeAnswers;
import ai.orchestrator.server.http.NamedEvents;
import ai.orchestrator.server.http.NamedEvents.Event;
import ai.orchestrator.server.http.TestClient.Reply;
import ai.orchestrator.server.orchestration.AnswerFailure;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResponsesErrorsTest extends ResponsesFixture {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {}                                                       | model is required
            {"model":"test"}                                         | input is required
            {"model":"test","instructions":"x","input":[]}           | input is required
            {"model":"test","input":7}                               | 'input' must be an array, not a number
            {"model":"test","input":[{"type":"x"}]}                  | input[0]: unknown input item type: "x"
            {"model":"test","input":[{"type":"item_reference","id":"msg_1"}]} | input[0]: an item_reference is not supported: this server keeps no responses, so send the items themselves, as clients do with 'store' set to false
            {"model":"test","input":[{"content":"x"}]}               | input[0]: input item missing required 'type' field
            {"model":"test","input":[{"role":"wizard"}]}             | input[0]: role must be "user", "assistant", "system" or "developer"
            {"model":"test","input":[{"role":"user","content":7}]}   | input[0]: content must be a string or array
            {"model":"test","input":[{"role":"user","content":[{"type":"x"}]}]} | input[0]: content[0]: unknown content type: "x"
            {"model":"test","input":[{"role":"user","content":[{"type":"input_file"}]}]} | file inputs are not currently supported
            {"model":"test","input":[{"role":"user","content":[{"type":"input_image","image_url":"https://x"}]}]} | image URLs are not currently supported, please use base64 encoded data instead
            {"model":"test","input":[{"role":"user","content":[{"type":"input_image","file_id":"f"}]}]} | an input_image needs an image_url: this server keeps no files
            {"model":"test","input":[{"type":"function_call","arguments":"[1"}]} | input[0]: function call arguments must be a JSON object
            {"model":"bert","input":"x"}                             | "bert" does not support chat
            {"model":"a b","input":"x"}                              | invalid model name
            """)
    void refusesWhatIsWrong(String body, String message) {
        Reply reply = client.post("/v1/responses", body);

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.header("Content-Type")).isEqualTo("application/json");
        assertThat(reply.json().path("error").path("message").asText()).isEqualTo(message);
        assertThat(reply.json().path("error").path("type").asText()).isEqualTo("invalid_request_error");
        assertThat(reply.json().path("error").fieldNames())
                .toIterable()
                .containsExactly("message", "type", "param", "code");
        assertThat(answers.count()).isZero();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            "previous_response_id":"resp_1"                      | 'previous_response_id' is not supported: this server keeps no responses, so send the whole conversation as 'input'
            "conversation":{"id":"c"}                            | 'conversation' is not supported: this server keeps no responses, so send the whole conversation as 'input'
            "background":true                                    | 'background' is not supported: this server keeps no responses
            "prompt":{"id":"p"}                                  | 'prompt' is not supported: this server keeps no prompts
            "tools":[{"type":"function"}]                        | tools[0]: name is required
            "tools":[{"type":"file_search"}]                     | tools[0]: unknown tool type: "file_search" (must be "function", "namespace" or "web_search")
            "tools":[{"type":"namespace","name":"n","tools":[{"type":"custom"}]}] | tools[0].tools[0]: unknown tool type: "custom" (must be "function", "namespace" or "web_search")
            "tools":[{"type":"function","name":"look"}]          | registry.ollama.ai/library/test:latest does not support tools
            "tool_choice":"required"                             | invalid tool_choice: "required" needs tools
            "tool_choice":{"type":"function","name":"x"}         | invalid tool_choice: no tool "x" is among the tools
            "tool_choice":{"type":"allowed_tools","mode":"auto","tools":[{"type":"function","name":"x"}]} | invalid tool_choice: no tool "x" is among the tools
            "tool_choice":{"type":"allowed_tools","mode":"required"} | invalid tool_choice: "required" needs tools
            "tool_choice":"maybe"                                | invalid tool_choice: must be "auto", "none", "required", or an object that names a function or web_search
            "reasoning":{"effort":"huge"}                        | invalid reasoning value: 'huge' (must be "none", "minimal", "low", "medium", "high", "xhigh", "ultra", or "max")
            "reasoning":{"effort":"high"}                        | "test" does not support thinking
            "text":{"format":{"type":"xml"}}                     | 'text.format.type' must be "text", "json_object" or "json_schema"
            "text":{"format":{"type":"json_schema"}}             | 'text.format' of type json_schema needs an object 'schema'
            "max_output_tokens":0                                | 'max_output_tokens' must be at least 1
            "top_logprobs":21                                    | top_logprobs must be between 0 and 20
            "truncation":"some"                                  | 'truncation' must be "auto" or "disabled"
            """)
    void refusesWhatItCannotDo(String member, String message) {
        Reply reply = ask("test", "," + member);

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.json().path("error").path("message").asText()).isEqualTo(message);
    }

    @Test
    void givesAFailureItsStatusBeforeAStreamBegins() {
        answers.script(FakeAnswers.fails(new PluginFailure.Permanent(FailureCode.RATE_LIMITED, "slow down")));
        Reply reply = ask("test", ",\"stream\":true");

        assertThat(reply.status()).isEqualTo(429);
        assertThat(reply.header("Retry-After")).isEqualTo("5");
        assertThat(reply.json().path("error").path("message").asText()).isEqualTo("slow down");
    }

    @Test
    void saysThatThereIsNoSuchModel() {
        answers.script(FakeAnswers.fails(new AnswerFailure(AnswerFailure.Kind.MODEL_NOT_FOUND, "no")));
        Reply reply = ask("nope", "");

        assertThat(reply.status()).isEqualTo(404);
        assertThat(reply.json().path("error").path("message").asText()).isEqualTo("model 'nope' not found");
        assertThat(reply.json().path("error").path("type").asText()).isEqualTo("not_found_error");
    }

    @Test
    void endsABrokenStreamWithAFailedResponse() {
        answers.script(
                FakeAnswers.breaksOff(new PluginFailure.Retriable(FailureCode.BROKEN_OFF, "the model's process died")));
        List<Event> events = NamedEvents.of(ask("test", ",\"stream\":true").body());

        assertThat(NamedEvents.names(events)).startsWith("response.created").endsWith("response.failed");
        assertThat(events.getLast().data().path("response").path("status").asText())
                .isEqualTo("failed");
        assertThat(events.getLast().data().path("response").path("error"))
                .hasToString("{\"code\":\"server_error\",\"message\":\"the model's process died\"}");
        assertThat(events.getLast().data().path("sequence_number").asInt()).isEqualTo(events.size() - 1);
    }
}
