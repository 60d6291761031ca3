package ai.orchestrator.server.cost;

import ai.orchestrator.server.orchestration.Feedback.Given;
import ai.orchestrator.server.orchestration.Feedback.Verdict;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes feedback as outcomes that a classifier is trained on: a line for each question, with tabs between, quoted as RFC 4180 has it. */
public final class Outcomes {
    private static final String HEADER = "prompt\tweak_correct\tstrong_correct\n";

    private Outcomes() {}

    private record Outcome(String weak, String strong) {
        private Outcome with(Given given) {
            String correct = given.verdict() == Verdict.GOOD ? "1" : "0";
            return given.strong() ? new Outcome(weak, correct) : new Outcome(correct, strong);
        }
    }

    /** @param given oldest first: of several verdicts on answers of one kind to one question the last one counts */
    public static String of(List<Given> given) {
        Map<String, Outcome> outcomes = new LinkedHashMap<>();
        for (Given one : given) {
            if (!one.prompt().isBlank()) {
                outcomes.merge(one.prompt(), new Outcome("", "").with(one), (known, ignored) -> known.with(one));
            }
        }
        StringBuilder text = new StringBuilder(HEADER);
        outcomes.forEach((prompt, outcome) -> text.append(quoted(prompt))
                .append('\t')
                .append(outcome.weak())
                .append('\t')
                .append(outcome.strong())
                .append('\n'));
        return text.toString();
    }

    private static String quoted(String text) {
        boolean plain = text.chars().noneMatch(c -> c == '"' || c == '\t' || c == '\n' || c == '\r');
        return plain ? text : '"' + text.replace("\"", "\"\"") + '"';
    }
}
