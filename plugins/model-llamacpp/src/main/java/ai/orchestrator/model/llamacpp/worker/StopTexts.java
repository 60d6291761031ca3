package ai.orchestrator.model.llamacpp.worker;

import java.util.List;

/** Finds the texts that end an answer, also when they come in pieces: text that may be the beginning of one is held back. */
final class StopTexts {
    private final List<String> stops;
    private final StringBuilder held = new StringBuilder();
    private String found = "";

    StopTexts(List<String> stops) {
        this.stops = stops.stream().filter(stop -> !stop.isEmpty()).toList();
    }

    /** Takes the next piece and gives what is certain to belong to the answer. */
    String accept(String piece) {
        if (stops.isEmpty()) {
            return piece;
        }
        held.append(piece);
        int end = firstStop();
        if (end >= 0) {
            String text = take(end);
            found = stops.stream()
                    .filter(held.toString()::startsWith)
                    .findFirst()
                    .orElseThrow();
            return text;
        }
        return take(held.length() - beginningOfAStop());
    }

    /** Whether a stop text came: what follows it does not belong to the answer. */
    boolean found() {
        return !found.isEmpty();
    }

    /** The stop text that came; empty if none did. */
    String which() {
        return found;
    }

    /** What is still held back when the answer has ended otherwise. */
    String rest() {
        return found() ? "" : take(held.length());
    }

    private String take(int length) {
        String text = held.substring(0, length);
        held.delete(0, length);
        return text;
    }

    private int firstStop() {
        int first = -1;
        for (String stop : stops) {
            int at = held.indexOf(stop);
            if (at >= 0 && (first < 0 || at < first)) {
                first = at;
            }
        }
        return first;
    }

    private int beginningOfAStop() {
        int longest = 0;
        for (String stop : stops) {
            for (int length = Math.min(stop.length() - 1, held.length()); length > longest; length--) {
                if (held.indexOf(stop.substring(0, length), held.length() - length) >= 0) {
                    longest = length;
                }
            }
        }
        return longest;
    }
}
