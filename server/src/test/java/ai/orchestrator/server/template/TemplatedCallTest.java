package ai.orchestrator.server.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.orchestrator.plugin.FailureCode;
import ai.orchestrator.plugin.PluginFailure;
import ai.orchestrator.plugin.model.FinishReason;
import ai.orchestrator.plugin.model.Image;
import ai.orchestrator.plugin.model.Message;
import ai.orchestrator.plugin.model.ModelEvent;
import ai.orchestrator.plugin.model.ModelRequest;
import ai.orchestrator.plugin.model.Prompt;
import ai.orchestrator.plugin.model.Thinking;
import ai.orchestrator.plugin.model.TokenLogprob;
import ai.orchestrator.plugin.model.ToolChoice;
import ai.orchestrator.plugin.model.ToolDefinition;
import ai.orchestrator.plugin.model.Usage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TemplatedCallTest {
    private static final Usage USAGE =
            new Usage(1, 0, 1, Duration.ZERO, Duration.ZERO, Duration.ZERO, Optional.empty(), "");

    private static ModelRequest request(
            Prompt prompt, List<ToolDefinition> tools, Thinking thinking, ToolChoice choice) {
        ModelRequest plain = ModelRequest.of("r", "m:latest", prompt);
        return new ModelRequest(
                plain.requestId(),
                plain.model(),
                prompt,
                plain.options(),
                plain.format(),
                tools,
                choice,
                thinking,
                plain.topLogprobs(),
                plain.overflow(),
                plain.keepAlive(),
                plain.deadline());
    }

    private static List<ToolDefinition> tools() {
        return List.of(
                new ToolDefinition("weather", "", "{\"type\":\"object\"}"),
                new ToolDefinition("time", "", "{\"type\":\"object\"}"));
    }

    /** What becomes of an answer that comes in pieces. */
    private static String shown(String template, boolean tools, Thinking thinking, List<String> pieces) {
        Answer answer = new Answer();
        TemplatedCall call = TemplatedCall.of(
                PromptTemplate.parse(template),
                request(Prompt.user("Hello"), tools ? tools() : List.of(), thinking, ToolChoice.AUTO),
                answer);
        pieces.forEach(piece -> call.events().emit(new ModelEvent.Text(piece)));
        call.events().emit(new ModelEvent.Finished(FinishReason.STOP, USAGE));
        return answer.shown();
    }

    private static List<String> characters(String text) {
        return text.codePoints().mapToObj(Character::toString).toList();
    }

    private static String template(String family) {
        return switch (family) {
            case "hermes" -> Families.HERMES;
            case "llama" -> Families.LLAMA3;
            case "mistral" -> Families.MISTRAL;
            case "named" -> Families.NAMED;
            default -> throw new IllegalArgumentException(family);
        };
    }

    @ParameterizedTest
    @CsvSource(delimiter = '§', ignoreLeadingAndTrailingWhitespace = false, textBlock = """
            hermes§Hi 👋§|text:Hi 👋|finished:STOP
            hermes§<tool_call>_{"name": "weather", "arguments": {"city":"Köln \\"}"}}_</tool_call>§|call:weather{"city":"Köln \\"}"}|finished:TOOL_CALLS
            hermes§Let me see._<tool_call>{"name":"time","arguments":{}}</tool_call>§|text:Let me see.|call:time{}|finished:TOOL_CALLS
            hermes§<tool_call>{"name":"time","arguments":{}}</tool_call>_<tool_call>{"name":"weather","arguments":{"a":[1]}}</tool_call>_§|call:time{}|call:weather{"a":[1]}|finished:TOOL_CALLS
            hermes§<tool_call>{"name":"time","arguments":{}}</tool_call> Done.§|call:time{}|text:Done.|finished:TOOL_CALLS
            hermes§a <tool_call b < c <tool§|text:a <tool_call b < c <tool|finished:STOP
            hermes§<tool_call>{"name":"nuke","arguments":{}}</tool_call>§|text:<tool_call>{"name":"nuke","arguments":{}}</tool_call>|finished:STOP
            hermes§<tool_call>{"name":"time","arguments":§|text:<tool_call>{"name":"time","arguments":|finished:STOP
            hermes§<tool_call>time()</tool_call>§|text:<tool_call>time()</tool_call>|finished:STOP
            hermes§<think>_Which one?_</think>__<tool_call>{"name":"time","arguments":{}}</tool_call>§|think:Which one?|call:time{}|finished:TOOL_CALLS
            llama§{"name": "weather", "parameters": {"city": "Rome"}}§|call:weather{"city":"Rome"}|finished:TOOL_CALLS
            llama§{"name":"time","parameters":{}}; {"name":"time","parameters":{"z":1}}§|call:time{}|call:time{"z":1}|finished:TOOL_CALLS
            llama§_ [{"name":"time","arguments":{}}]§|call:time{}|finished:TOOL_CALLS
            llama§{"answer": 1}§|text:{"answer": 1}|finished:STOP
            llama§It is {"name":"time","parameters":{}}§|text:It is {"name":"time","parameters":{}}|finished:STOP
            llama§{"type":"function","function":{"name":"time","parameters":"{\\"a\\":1}"}}§|call:time{"a":1}|finished:TOOL_CALLS
            mistral§[TOOL_CALLS] [{"name":"weather","arguments":{"city":"Rome"}},{"name":"time","arguments":{}}]§|call:weather{"city":"Rome"}|call:time{}|finished:TOOL_CALLS
            mistral§[TOOL] [1]§|text:[TOOL] [1]|finished:STOP
            mistral§[TOOL_CALLS] []§|text:[TOOL_CALLS] []|finished:STOP
            named§Well <function=weather>{"city":"Rome"}</function>§|text:Well|call:weather{"city":"Rome"}|finished:TOOL_CALLS
            named§<function=weather>{"city":"Rome"}</function><function=time>{}</function>§|call:weather{"city":"Rome"}|call:time{}|finished:TOOL_CALLS
            named§<function=weather:{"city":1}§|text:<function=weather:{"city":1}|finished:STOP
            named§{"name":"time","arguments":{}}§|text:{"name":"time","arguments":{}}|finished:STOP
            """)
    void findsCallsHoweverTheAnswerIsCut(String family, String said, String shown) {
        String answer =
                said.replace('_', '\n').replace("tool\ncall", "tool_call").replace("TOOL\nCALLS", "TOOL_CALLS");
        assertThat(shown(template(family), true, Thinking.UNSET, characters(answer)))
                .isEqualTo(shown);
        assertThat(shown(template(family), true, Thinking.UNSET, List.of(answer)))
                .isEqualTo(shown);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '§', ignoreLeadingAndTrailingWhitespace = false, textBlock = """
            _<think>_Hm._Yes._</think>__Hi_there§|think:Hm._Yes.|text:Hi_there|finished:STOP
            <think></think>Hi§|text:Hi|finished:STOP
            <think>Hm§|think:Hm|finished:STOP
            <think>Hm </thin§|think:Hm </thin|finished:STOP
            <thin§|text:<thin|finished:STOP
            Hi <think>no</think>§|text:Hi <think>no</think>|finished:STOP
            _ Hi§|text:_ Hi|finished:STOP
            _ §|text:_ |finished:STOP
            """)
    void tellsThoughtsFromTheAnswerHoweverItIsCut(String said, String shown) {
        String answer = said.replace('_', '\n');
        String expected = shown.replace('_', '\n');

        assertThat(shown(Families.HERMES, false, Thinking.ON, characters(answer)))
                .isEqualTo(expected);
        assertThat(shown(Families.HERMES, false, Thinking.ON, List.of(answer))).isEqualTo(expected);
        assertThat(shown(Families.HERMES, false, Thinking.OFF, List.of(answer)))
                .isEqualTo("|text:" + answer + "|finished:STOP");
    }

    @Test
    void thinksFromTheStartWhereThePromptHasTheMarkAlready() {
        String template =
                "{{ range .Messages }}{{ if .Thinking }}<think>{{ .Thinking }}</think>{{ end }}{{ .Content }}{{ end }}<think>\n";

        assertThat(shown(template, false, Thinking.UNSET, List.of("Hm</think>", "Hi")))
                .isEqualTo("|think:Hm|text:Hi|finished:STOP");
    }

    @Property(tries = 150)
    void anAnswerMeansTheSameHoweverItIsCut(@ForAll("answers") List<String> pieces) {
        String whole = String.join("", pieces);
        for (String template : List.of(Families.HERMES, Families.LLAMA3, Families.MISTRAL, Families.NAMED)) {
            String atOnce = shown(template, true, Thinking.ON, whole.isEmpty() ? List.of() : List.of(whole));

            assertThat(shown(template, true, Thinking.ON, pieces)).isEqualTo(atOnce);
            assertThat(shown(template, true, Thinking.ON, characters(whole))).isEqualTo(atOnce);
        }
    }

    @Provide
    Arbitrary<List<String>> answers() {
        return Arbitraries.of(
                        "<think>",
                        "</think>",
                        "<tool_call>",
                        "</tool_call>",
                        "[TOOL_CALLS]",
                        "<function=",
                        "time",
                        ">",
                        "</function>",
                        "{\"name\":\"time\",\"arguments\":{}}",
                        "[{\"name\":\"time\",\"arguments\":{}}]",
                        "{}",
                        "{",
                        "}",
                        "[",
                        "]",
                        "\"",
                        ",",
                        ";",
                        " ",
                        "\n",
                        "Hi",
                        "👋",
                        "<",
                        "</",
                        "[/",
                        "<|x|>")
                .list()
                .ofMaxSize(12);
    }

    @Test
    void keepsProbabilitiesWithTheirText() {
        Answer answer = new Answer();
        TemplatedCall call = TemplatedCall.of(
                PromptTemplate.parse(Families.HERMES),
                request(Prompt.user("Hello"), tools(), Thinking.OFF, ToolChoice.AUTO),
                answer);
        List<TokenLogprob> told = new ArrayList<>();
        for (String piece : List.of("a <", "tool", " b")) {
            TokenLogprob logprob = new TokenLogprob(piece, -1, List.of(), List.of());
            told.add(logprob);
            call.events().emit(new ModelEvent.Text(piece, List.of(logprob)));
        }
        call.events().emit(new ModelEvent.Finished(FinishReason.STOP, USAGE));

        assertThat(answer.shown()).isEqualTo("|text:a <tool b|finished:STOP");
        assertThat(answer.events)
                .flatMap(event -> event instanceof ModelEvent.Text text ? text.logprobs() : List.of())
                .isEqualTo(told);
    }

    @Test
    void makesARawPromptThatNamesNoToolsAnyMore() {
        ModelRequest request = TemplatedCall.of(
                        PromptTemplate.parse(Families.MISTRAL),
                        request(Prompt.user("Hello"), tools(), Thinking.ON, ToolChoice.AUTO),
                        new Answer())
                .request();

        assertThat(request.prompt()).isInstanceOfSatisfying(Prompt.Raw.class, raw -> assertThat(raw.text())
                .startsWith("[AVAILABLE_TOOLS] [")
                .endsWith("[INST] Hello[/INST]"));
        assertThat(request.tools()).isEmpty();
        assertThat(request.thinking()).isEqualTo(Thinking.UNSET);
    }

    @Test
    void leavesARawPromptAlone() {
        ModelRequest raw = request(new Prompt.Raw("x"), List.of(), Thinking.ON, ToolChoice.AUTO);
        Answer answer = new Answer();

        assertThat(TemplatedCall.of(PromptTemplate.parse(Families.CHATML), raw, answer))
                .isEqualTo(new TemplatedCall(raw, answer));
    }

    @Test
    void fillsIn() {
        ModelRequest insert = request(new Prompt.Insert("a(", ")"), List.of(), Thinking.UNSET, ToolChoice.AUTO);

        assertThat(TemplatedCall.of(PromptTemplate.parse(Families.FILL_IN), insert, new Answer())
                        .request()
                        .prompt())
                .isEqualTo(new Prompt.Raw("<fim_prefix>a(<fim_suffix>)<fim_middle>"));
        assertRefused(Families.CHATML, insert, FailureCode.UNSUPPORTED, "the template has no place for a suffix");
    }

    @Test
    void refusesWhatTheTemplateHasNoPlaceFor() {
        Message picture = new Message("user", "Hi", "", List.of(new Image(new byte[1])), List.of(), "", "");

        assertRefused(
                Families.CHATML,
                request(Prompt.user("Hi"), tools(), Thinking.UNSET, ToolChoice.AUTO),
                FailureCode.UNSUPPORTED,
                "the template has no place for tools");
        assertRefused(
                Families.CHATML,
                request(new Prompt.Chat(List.of(picture)), List.of(), Thinking.UNSET, ToolChoice.AUTO),
                FailureCode.UNSUPPORTED,
                "the template has no place for images");
        assertRefused(
                "{{ .Prompt.X }}",
                request(Prompt.user("Hi"), List.of(), Thinking.UNSET, ToolChoice.AUTO),
                FailureCode.INVALID_REQUEST,
                "the template does not take this request: line 1, column 4: string has no field X");
    }

    private static void assertRefused(String template, ModelRequest request, FailureCode code, String message) {
        assertThatThrownBy(() -> TemplatedCall.of(PromptTemplate.parse(template), request, new Answer()))
                .isInstanceOfSatisfying(PluginFailure.Permanent.class, failure -> assertThat(failure.code())
                        .isEqualTo(code))
                .hasMessage(message);
    }
}
