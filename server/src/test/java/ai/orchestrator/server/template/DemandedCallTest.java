package ai.orchestrator.server.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.orchestrator.plugin.PluginFailure;
import ai.orchestrator.plugin.model.FinishReason;
import ai.orchestrator.plugin.model.ModelEvent;
import ai.orchestrator.plugin.model.ModelRequest;
import ai.orchestrator.plugin.model.Prompt;
import ai.orchestrator.plugin.model.ResponseFormat;
import ai.orchestrator.plugin.model.Thinking;
import ai.orchestrator.plugin.model.ToolChoice;
import ai.orchestrator.plugin.model.ToolDefinition;
import ai.orchestrator.plugin.model.Usage;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DemandedCallTest {
    private static final Usage USAGE =
            new Usage(1, 0, 1, Duration.ZERO, Duration.ZERO, Duration.ZERO, Optional.empty(), "");
    private static final ToolChoice ANY = new ToolChoice(ToolChoice.Mode.REQUIRED, "");

    private static ModelRequest request(ToolChoice choice, String parameters) {
        ModelRequest plain = ModelRequest.of("r", "m:latest", Prompt.user("Hi"));
        return new ModelRequest(
                plain.requestId(),
                plain.model(),
                plain.prompt(),
                plain.options(),
                plain.format(),
                List.of(new ToolDefinition("weather", "", parameters), new ToolDefinition("time", "", "{}")),
                choice,
                Thinking.UNSET,
                plain.topLogprobs(),
                plain.overflow(),
                plain.keepAlive(),
                plain.deadline());
    }

    private static TemplatedCall call(String template, ToolChoice choice, Answer answer) {
        return TemplatedCall.of(PromptTemplate.parse(template), request(choice, "{\"type\":\"object\"}"), answer);
    }

    @ParameterizedTest
    @ValueSource(strings = {Families.HERMES, Families.LLAMA3, Families.MISTRAL, Families.NAMED})
    void readsTheUsualFormWhateverTheModelWasTaught(String template) {
        Answer answer = new Answer();
        TemplatedCall call = call(template, ANY, answer);
        for (String piece : List.of("{\"name\":", " \"time\", \"argu", "ments\": {\"zone\":\"UTC\"}}")) {
            call.events().emit(new ModelEvent.Text(piece));
        }
        call.events().emit(new ModelEvent.Finished(FinishReason.STOP, USAGE));

        assertThat(answer.shown()).isEqualTo("|call:time{\"zone\":\"UTC\"}|finished:TOOL_CALLS");
        assertThat(call.request().prompt()).isInstanceOfSatisfying(Prompt.Raw.class, prompt -> assertThat(prompt.text())
                .contains("weather"));
        assertThat(call.request().toolChoice()).isEqualTo(ToolChoice.AUTO);
    }

    @Test
    void holdsTheModelToTheTools() {
        assertThat(call(Families.HERMES, ANY, new Answer()).request().format())
                .isEqualTo(new ResponseFormat.JsonSchema(
                        "{\"anyOf\":[{\"type\":\"object\",\"properties\":{\"name\":{\"const\":\"weather\"},\"arguments\":{\"type\":\"object\"}},"
                                + "\"required\":[\"name\",\"arguments\"]},{\"type\":\"object\",\"properties\":{\"name\":{\"const\":\"time\"},"
                                + "\"arguments\":{\"type\":\"object\"}},\"required\":[\"name\",\"arguments\"]}]}"));
    }

    @Test
    void holdsTheModelToTheToolThatIsNamed() {
        ToolChoice named = new ToolChoice(ToolChoice.Mode.NAMED, "time");
        ToolChoice other = new ToolChoice(ToolChoice.Mode.NAMED, "nuke");

        assertThat(call(Families.HERMES, named, new Answer()).request().format().toString())
                .contains("time")
                .doesNotContain("weather");
        assertThatThrownBy(() -> call(Families.HERMES, other, new Answer()))
                .isInstanceOf(PluginFailure.Permanent.class)
                .hasMessage("the tool 'nuke' that has to be called is not among the tools");
    }

    @Test
    void keepsReferencesWithinASchemaGood() {
        ModelRequest request = request(
                ANY, "{\"$defs\":{\"c\":{\"type\":\"string\"}},\"properties\":{\"city\":{\"$ref\":\"#/$defs/c\"}}}");

        assertThat(DemandedCall.form(request))
                .isInstanceOfSatisfying(ResponseFormat.JsonSchema.class, form -> assertThat(form.schema())
                        .contains("\"arguments\":{\"properties\":{\"city\":{\"$ref\":\"#/$defs/c\"}}}")
                        .endsWith(",\"$defs\":{\"c\":{\"type\":\"string\"}}}"));
        assertThatThrownBy(() -> DemandedCall.form(request(ANY, "[1]")))
                .hasMessage("the parameters of tool 'weather' are not a JSON Schema object");
    }

    @Test
    void needsAPlaceForTools() {
        assertThatThrownBy(() -> call(Families.CHATML, ANY, new Answer()))
                .hasMessage("the template has no place for tools");
    }
}
