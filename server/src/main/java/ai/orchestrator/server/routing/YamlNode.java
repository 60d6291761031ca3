package ai.orchestrator.server.routing;

import java.util.List;
import java.util.Map;

/** A part of a YAML document that knows its line, from 1. */
sealed interface YamlNode {
    int line();

    /** A single value as it is written; empty text for none. */
    record Scalar(int line, String text) implements YamlNode {}

    record Sequence(int line, List<YamlNode> items) implements YamlNode {}

    /** @param entries in the order of the file */
    record Mapping(int line, Map<String, Entry> entries) implements YamlNode {}

    /** @param line where the key is */
    record Entry(int line, YamlNode value) {}
}
