package ai.orchestrator.openai.wire;

import ai.orchestrator.plugin.model.Thinking;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Says whether and how hard a model is to think. A template knows fewer degrees than the wire. */
final class ThinkingWriter {
    private ThinkingWriter() {}

    static void write(ObjectNode body, Thinking thinking, ChatDialect.ThinkingSwitch where) {
        if (thinking == Thinking.UNSET) {
            return;
        }
        switch (where) {
            case EFFORT -> body.put("reasoning_effort", effort(thinking));
            case TEMPLATE -> template(body.putObject("chat_template_kwargs"), thinking);
        }
    }

    private static String effort(Thinking thinking) {
        return switch (thinking) {
            case OFF -> "none";
            case LOW -> "low";
            case UNSET, ON, MEDIUM -> "medium";
            case HIGH -> "high";
            case MAX -> "xhigh";
        };
    }

    private static void template(ObjectNode kwargs, Thinking thinking) {
        kwargs.put("enable_thinking", thinking != Thinking.OFF);
        switch (thinking) {
            case UNSET, OFF, ON -> {}
            case LOW -> kwargs.put("reasoning_effort", "low");
            case MEDIUM -> kwargs.put("reasoning_effort", "medium");
            case HIGH, MAX -> kwargs.put("reasoning_effort", "high");
        }
    }
}
