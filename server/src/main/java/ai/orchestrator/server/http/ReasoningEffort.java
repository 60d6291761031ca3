package ai.orchestrator.server.http;

import ai.orchestrator.plugin.model.Thinking;

/** How hard to think, in the words of OpenAI's APIs. */
public final class ReasoningEffort {
    private ReasoningEffort() {}

    /**
     * What an effort means here; nothing is said by an empty one.
     *
     * @throws HttpProblem if there is no such effort
     */
    public static Thinking of(String effort) {
        return switch (effort) {
            case "" -> Thinking.UNSET;
            case "none" -> Thinking.OFF;
            case "minimal", "low" -> Thinking.LOW;
            case "medium" -> Thinking.MEDIUM;
            case "high" -> Thinking.HIGH;
            case "xhigh", "ultra", "max" -> Thinking.MAX;
            default ->
                throw HttpProblem.badRequest(
                        "invalid reasoning value: '" + effort
                                + "' (must be \"none\", \"minimal\", \"low\", \"medium\", \"high\", \"xhigh\", \"ultra\", or \"max\")");
        };
    }
}
