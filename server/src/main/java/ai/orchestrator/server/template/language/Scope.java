package ai.orchestrator.server.template.language;

import java.util.ArrayList;
import java.util.List;

/** The variables and their values at a point of a rendering, the latest last. */
final class Scope {
    private final List<String> names = new ArrayList<>();
    private final List<Value> values = new ArrayList<>();

    /** @param data what {@code $} stands for */
    Scope(Value data) {
        declare("$", data);
    }

    int mark() {
        return names.size();
    }

    void reset(int mark) {
        names.subList(mark, names.size()).clear();
        values.subList(mark, values.size()).clear();
    }

    void declare(String name, Value value) {
        names.add(name);
        values.add(value);
    }

    void assign(String name, Value value) {
        values.set(find(name), value);
    }

    Value get(String name) {
        return values.get(find(name));
    }

    private int find(String name) {
        int index = names.lastIndexOf(name);
        if (index < 0) {
            throw new Fault("the variable " + name + " has no value");
        }
        return index;
    }
}
