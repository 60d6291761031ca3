package ai.orchestrator.server.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.orchestrator.plugin.model.Capability;
import ai.orchestrator.plugin.model.Message;
import ai.orchestrator.plugin.model.Thinking;
import ai.orchestrator.plugin.model.ToolCall;
import ai.orchestrator.plugin.model.ToolDefinition;
import ai.orchestrator.server.template.language.TemplateException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

class PromptTemplateTest {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-23T12:00:00Z"), ZoneOffset.UTC);
    private static final ToolDefinition WEATHER = new ToolDefinition(
            "weather",
            "Tells the weather",
            "{\"type\":\"object\",\"properties\":{\"city\":{\"type\":\"string\"},\"day\":{\"type\":[\"string\",\"null\"]}}}");
    private static final Message SYSTEM = Message.of("system", "Be brief.");
    private static final Message HELLO = Message.of("user", "Hello");
    private static final Message HI = Message.of("assistant", "Hi!");
    private static final Message AGAIN = Message.of("user", "And?");

    private static String render(String template, Message... messages) {
        return PromptTemplate.parse(template, CLOCK).render(List.of(messages), List.of(), Thinking.UNSET);
    }

    private static String renderWithTool(String template, Message... messages) {
        return PromptTemplate.parse(template, CLOCK).render(List.of(messages), List.of(WEATHER), Thinking.UNSET);
    }

    private static Message calls(String arguments) {
        return new Message("assistant", "", "", List.of(), List.of(new ToolCall("", "weather", arguments)), "", "");
    }

    @Test
    void rendersChatMl() {
        assertThat(render(Families.CHATML, SYSTEM, HELLO, HI, AGAIN))
                .isEqualTo(
                        "<|im_start|>system\nBe brief.<|im_end|>\n<|im_start|>user\nHello<|im_end|>\n"
                                + "<|im_start|>assistant\nHi!<|im_end|>\n<|im_start|>user\nAnd?<|im_end|>\n<|im_start|>assistant\n");
    }

    @Test
    void joinsTurnsOfOneRoleButNoResultsOfTools() {
        assertThat(render(Families.CHATML, HELLO, AGAIN)).contains("<|im_start|>user\nHello\n\nAnd?<|im_end|>\n");
        assertThat(render("{{ range .Messages }}[{{ .ToolName }}:{{ .Content }}]{{ end }}", tool("a"), tool("b")))
                .isEqualTo("[weather:a][weather:b]");
    }

    private static Message tool(String content) {
        return new Message("tool", content, "", List.of(), List.of(), "weather", "");
    }

    @Test
    void rendersToolsCallsResultsAndThoughts() {
        Message thought = new Message("assistant", "Hi!", "a greeting", List.of(), List.of(), "", "");

        assertThat(renderWithTool(
                        Families.HERMES,
                        SYSTEM,
                        HELLO,
                        thought,
                        AGAIN,
                        calls("{\"city\":\"Köln\",\"n\":1}"),
                        tool("rain")))
                .isEqualTo("""
                        <|im_start|>system
                        Be brief.

                        You may call these:
                        <tools>
                        {"type": "function", "function": {"name":"weather","description":"Tells the weather","parameters":{"type":"object","properties":{"city":{"type":"string"},"day":{"type":["string","null"]}}}}}
                        </tools><|im_end|>
                        <|im_start|>user
                        Hello<|im_end|>
                        <|im_start|>assistant
                        <think>
                        a greeting
                        </think>

                        Hi!<|im_end|>
                        <|im_start|>user
                        And?<|im_end|>
                        <|im_start|>assistant
                        <tool_call>
                        {"name": "weather", "arguments": {"city":"Köln","n":1}}
                        </tool_call><|im_end|>
                        <|im_start|>user
                        <tool_response>
                        rain
                        </tool_response><|im_end|>
                        <|im_start|>assistant
                        """);
    }

    @Test
    void rendersLlama3() {
        assertThat(renderWithTool(Families.LLAMA3, SYSTEM, HELLO)).isEqualTo("""
                        <|start_header_id|>system<|end_header_id|>

                        Today is 2026-11-23.
                        Be brief.<|eot_id|><|start_header_id|>user<|end_header_id|>

                        Answer with a call of one of these functions.
                        {"type":"function","function":{"name":"weather","description":"Tells the weather","parameters":{"type":"object","properties":{"city":{"type":"string"},"day":{"type":["string","null"]}}}}}
                        Hello<|eot_id|><|start_header_id|>assistant<|end_header_id|>

                        """);
    }

    @Test
    void rendersMistral() {
        assertThat(renderWithTool(Families.MISTRAL, SYSTEM, HELLO, calls("{\"city\":\"Rome\"}"), tool("\"sun\"")))
                .isEqualTo(
                        "[INST] Hello[/INST][TOOL_CALLS] [{\"name\": \"weather\", \"arguments\": {\"city\":\"Rome\"}}]</s>"
                                + "[TOOL_RESULTS] {\"content\": \"\\\"sun\\\"\"}[/TOOL_RESULTS]");
        assertThat(renderWithTool(Families.MISTRAL, SYSTEM, HELLO))
                .startsWith("[AVAILABLE_TOOLS] [{\"type\":\"function\",\"function\":{\"name\":\"weather\",")
                .endsWith("}}][/AVAILABLE_TOOLS][INST] Be brief.\n\nHello[/INST]");
    }

    @Test
    void goesThroughTheParametersOfATool() {
        assertThat(renderWithTool(Families.NAMED, HELLO))
                .isEqualTo(
                        "weather: Tells the weather\n- city (string)\n- day ([string null])\nuser: Hello\nassistant:");
    }

    @Test
    void tellsTypesInTheWaysThatTemplatesAskFor() {
        String template = """
                {{- range .Messages }}{{ end }}{{ range .Tools }}{{ range $name, $p := .Function.Parameters.Properties }}
                {{- $name }}: {{ if gt (len $p.Type) 1 }}{{ range $i, $t := $p.Type }}{{ if $i }} | {{ end }}{{ $t }}{{ end }}
                {{- else }}{{ index $p.Type 0 }}{{ end }} = {{ $p | toTypeScriptType }} = {{ $p.ToTypeScriptType }} {{ json $p.Type }}
                {{ end }}{{ end }}""";

        assertThat(renderWithTool(template, HELLO))
                .isEqualTo("city: string = string = string \"string\"\n"
                        + "day: string | null = string | null = string | null [\"string\",\"null\"]\n");
    }

    @Test
    void saysNothingOfATypeThatIsNotTold() {
        ToolDefinition tool = new ToolDefinition(
                "t",
                "",
                "{\"properties\":{\"a\":{\"anyOf\":[{\"type\":\"integer\"},{\"type\":\"object\"}]},\"b\":{}}}");
        String template =
                "{{ range .Messages }}{{ end }}{{ range .Tools }}{{ range $n, $p := .Function.Parameters.Properties }}"
                        + "{{ $n }}<{{ $p.Type }}>{{ json $p.Type }} {{ toTypeScriptType $p }};{{ end }}{{ end }}";

        assertThat(PromptTemplate.parse(template).render(List.of(HELLO), List.of(tool), Thinking.UNSET))
                .isEqualTo("a<>null number | Record<string, any>;b<>null any;");
    }

    @Test
    void rendersTurnByTurnWhereTheTemplateKnowsOneExchange() {
        assertThat(render(Families.GEMMA, SYSTEM, HELLO, HI, AGAIN))
                .isEqualTo("<start_of_turn>user\nBe brief. Hello<end_of_turn>\n<start_of_turn>model\nHi!<end_of_turn>\n"
                        + "<start_of_turn>user\nAnd?<end_of_turn>\n<start_of_turn>model\n");
        assertThat(render(Families.PHI, HELLO, HI, SYSTEM, AGAIN))
                .isEqualTo(
                        "<|user|>\nHello<|end|>\n<|assistant|>\nHi!<|end|>\n<|system|>\nBe brief.<|end|>\n<|user|>\nAnd?<|end|>\n"
                                + "<|assistant|>\n");
    }

    @Test
    void addsThePlaceOfTheAnswerWhereThereIsNone() {
        assertThat(render(Families.ALPACA, SYSTEM, HELLO, HI, AGAIN))
                .isEqualTo(
                        "Be brief.\n\n### Instruction:\nHello\n\n### Response:\nHi!### Instruction:\nAnd?\n\n### Response:\n");
        assertThat(render("no place at all", HELLO)).isEqualTo("no place at all");
    }

    @Test
    void goesOnWithAnAnswerThatHasBegun() {
        assertThat(render(Families.GEMMA, HELLO, Message.of("assistant", "Well")))
                .endsWith("<start_of_turn>model\nWell");
    }

    @Test
    void fillsIn() {
        PromptTemplate template = PromptTemplate.parse(Families.FILL_IN);

        assertThat(template.renderInsert("a(", ")")).isEqualTo("<fim_prefix>a(<fim_suffix>)<fim_middle>");
        assertThat(template.render(List.of(HELLO), List.of(), Thinking.UNSET)).isEqualTo("Hello");
    }

    @Test
    void tellsTheModelWhetherToThink() {
        String template =
                "{{ range .Messages }}{{ .Thinking }}{{ end }}{{ .IsThinkSet }} {{ .Think }} {{ .ThinkLevel }}";
        PromptTemplate able = PromptTemplate.parse(template);

        assertThat(able.render(List.of(HELLO), List.of(), Thinking.UNSET)).isEqualTo("true true ");
        assertThat(able.render(List.of(HELLO), List.of(), Thinking.OFF)).isEqualTo("true false ");
        assertThat(able.render(List.of(HELLO), List.of(), Thinking.HIGH)).isEqualTo("true true high");
        assertThat(render("{{ .IsThinkSet }} {{ .Think }} {{ .Prompt }}", HELLO))
                .isEqualTo("false false Hello");
    }

    @Test
    void knowsWhatItHasAPlaceFor() {
        assertThat(Capability.values())
                .filteredOn(PromptTemplate.parse(Families.HERMES)::supports)
                .containsExactlyInAnyOrder(Capability.COMPLETION, Capability.TOOLS, Capability.THINKING);
        assertThat(Capability.values())
                .filteredOn(PromptTemplate.parse(Families.FILL_IN)::supports)
                .containsExactlyInAnyOrder(Capability.COMPLETION, Capability.INSERT);
    }

    @Test
    void findsTheMarksOfThoughts() {
        assertThat(PromptTemplate.parse(Families.HERMES).thinkTags()).contains(new ThinkTags("<think>", "</think>"));
        assertThat(PromptTemplate.parse("{{ range .Messages }}a [THINK]{{ .Thinking }}[/THINK]b{{ end }}")
                        .thinkTags())
                .contains(new ThinkTags("[THINK]", "[/THINK]"));
        assertThat(PromptTemplate.parse("{{ range .Messages }}{{ .Thinking }}{{ end }}")
                        .thinkTags())
                .contains(ThinkTags.USUAL);
        assertThat(PromptTemplate.parse(Families.CHATML).thinkTags()).isEmpty();
    }

    @Test
    void refusesFieldsThatNoMessageHas() {
        assertThatThrownBy(() -> render("{{ range .Messages }}\n{{ .Contents }}{{ end }}", HELLO))
                .isInstanceOf(TemplateException.class)
                .hasMessage("line 2, column 4: message has no field Contents");
    }
}
