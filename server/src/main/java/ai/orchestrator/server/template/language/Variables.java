package ai.orchestrator.server.template.language;

import java.util.ArrayList;
import java.util.List;

/** The variables that are known at a place of the template. */
final class Variables {
    private List<String> known = new ArrayList<>(List.of("$"));

    boolean knows(String name) {
        return known.contains(name);
    }

    void add(String name) {
        known.add(name);
    }

    int mark() {
        return known.size();
    }

    /** Forgets those that came after a mark. */
    void reset(int mark) {
        known.subList(mark, known.size()).clear();
    }

    /** Begins anew. */
    List<String> hide() {
        List<String> hidden = known;
        known = new ArrayList<>(List.of("$"));
        return hidden;
    }

    void restore(List<String> hidden) {
        known = hidden;
    }
}
