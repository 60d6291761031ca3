package ai.orchestrator.conformance;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The scoreboard as Markdown. */
public final class ScoreTable {
    /** What is checked of every client that can do it, in the table's order. */
    public static final List<String> CHECKS = List.of(
            "lists models", "chats", "chats in a stream", "calls a tool", "JSON by schema", "embeds", "meets an error");

    private final Map<String, Map<String, int[]>> clients = new TreeMap<>();

    /** Adds a line of client, check and outcome with tabs between. */
    public void add(String line) {
        String[] parts = line.split("\t", -1);
        int[] counts = clients.computeIfAbsent(parts[0], absent -> new HashMap<>())
                .computeIfAbsent(parts[1], absent -> new int[2]);
        counts[parts[2].equals("passed") ? 0 : 1]++;
    }

    /** The table, clients by name. */
    public String markdown() {
        StringJoiner lines = new StringJoiner("\n");
        lines.add("| Client | " + String.join(" | ", CHECKS) + " | its own suite |");
        lines.add("|---".repeat(CHECKS.size() + 2) + "|");
        clients.forEach((client, checks) -> {
            StringJoiner row = new StringJoiner(" | ", "| ", " |");
            row.add(client);
            CHECKS.forEach(check -> row.add(mark(checks.get(check))));
            row.add(count(checks.get(Scoreboard.OWN)));
            lines.add(row.toString());
        });
        return lines.toString();
    }

    private static String mark(int @Nullable [] counts) {
        if (counts == null) {
            return "–";
        }
        return counts[1] == 0 ? "✓" : "✗";
    }

    private static String count(int @Nullable [] counts) {
        return counts == null ? "–" : counts[0] + " of " + (counts[0] + counts[1]);
    }
}
