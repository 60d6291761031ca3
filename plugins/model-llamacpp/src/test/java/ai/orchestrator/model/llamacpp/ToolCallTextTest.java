package ai.orchestrator.model.llamacpp;

import static org.assertj.core.api.Assertions.assertThat;

import ai.orchestrator.plugin.model.ToolCall;
import ai.orchestrator.plugin.model.ToolDefinition;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ToolCallTextTest {
    private static final List<ToolDefinition> TOOLS =
            List.of(new ToolDefinition("look_up", "", ""), new ToolDefinition("add", "", ""));
    private static final ToolCall CALL = new ToolCall("", "look_up", "{\"city\":\"Oslo\"}");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<tool_call>\n{\"name\": \"look_up\", \"arguments\": {\"city\": \"Oslo\"}}\n</tool_call>",
                "<tool_call>{\"name\": \"look_up\", \"arguments\": {\"city\": \"Oslo\"}}",
                "[TOOL_CALLS][{\"name\": \"look_up\", \"arguments\": {\"city\": \"Oslo\"}}]",
                "[TOOL_CALLS] look_up[ARGS]{\"city\": \"Oslo\"}",
                "{\"name\": \"look_up\", \"parameters\": {\"city\": \"Oslo\"}}",
                "<|python_tag|>{\"name\": \"look_up\", \"parameters\": {\"city\": \"Oslo\"}}",
                "{\"type\": \"function\", \"function\": {\"name\": \"look_up\", \"arguments\": {\"city\": \"Oslo\"}}}"
            })
    void a_call_is_found_in_each_form_however_it_is_cut_into_pieces(String text) {
        for (int size : new int[] {1, 2, 5, 1000}) {
            ToolCallText calls = ToolCallText.of(TOOLS);
            assertThat(said(calls, text, size)).isEmpty();
            assertThat(calls.rest()).isEqualTo(new ToolCallText.Rest("", List.of(CALL)));
        }
    }

    @Test
    void several_calls_come_in_their_order_after_the_text_before_them() {
        ToolCallText calls = ToolCallText.of(TOOLS);
        String text = "Let me see. <tool_call>{\"name\":\"add\",\"arguments\":{\"a\":1}}</tool_call>\n"
                + "<tool_call>{\"name\":\"look_up\",\"arguments\":{\"city\":\"Oslo\"}}</tool_call>";

        assertThat(said(calls, text, 3)).isEqualTo("Let me see. ");
        assertThat(calls.rest().calls()).containsExactly(new ToolCall("", "add", "{\"a\":1}"), CALL);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"answer\": 42}",
                "[1, 2, 3]",
                "{\"name\": \"unknown\", \"arguments\": {}}",
                "{\"name\": \"add\", \"argu",
                "a < b, <tool_cal",
                "<tool_call>{broken</tool_call>",
                "[TOOL_CALLS]",
                "   ",
                "plain"
            })
    void what_is_no_call_is_text_to_the_last_letter(String text) {
        ToolCallText calls = ToolCallText.of(TOOLS);
        String said = said(calls, text, 2);
        ToolCallText.Rest rest = calls.rest();

        assertThat(rest.calls()).isEmpty();
        assertThat(said + rest.text()).isEqualTo(text);
    }

    @Test
    void without_tools_everything_is_text_at_once() {
        assertThat(ToolCallText.none().accept("<tool_call>{}")).isEqualTo("<tool_call>{}");
    }

    private static String said(ToolCallText calls, String text, int size) {
        StringBuilder said = new StringBuilder();
        for (int i = 0; i < text.length(); i += size) {
            said.append(calls.accept(text.substring(i, Math.min(text.length(), i + size))));
        }
        return said.toString();
    }
}
