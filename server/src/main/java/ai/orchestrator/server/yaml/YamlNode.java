package ai.orchestrator.server.yaml;

import java.util.List;
import java.util.Map;

/** A part of a YAML document that knows its line, from 1. */
public sealed interface YamlNode {
    int line();

    /**
     * A single value.
     *
     * @param text as it is written, with its references replaced; empty for {@link Type#NONE}
     */
    record Scalar(int line, Type type, String text) implements YamlNode {}

    /** What YAML takes a single value for; a quoted one is always a text. */
    enum Type {
        TEXT,
        NUMBER,
        /** {@code true} or {@code false}. */
        FLAG,
        /** A name or a dash with nothing after it. */
        NONE
    }

    record Sequence(int line, List<YamlNode> items) implements YamlNode {}

    /** @param entries in the order of the file */
    record Mapping(int line, Map<String, Entry> entries) implements YamlNode {}

    /** @param line where the key is */
    record Entry(int line, YamlNode value) {}
}
