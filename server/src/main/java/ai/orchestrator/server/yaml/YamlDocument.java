package ai.orchestrator.server.yaml;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One YAML document.
 *
 * @param root empty where the text holds none or cannot be parsed
 * @param problems what is wrong, in the order of the text
 * @param variables the environment variables that the document refers to and that are set
 */
public record YamlDocument(Optional<YamlNode> root, List<YamlProblem> problems, Set<String> variables) {
    public YamlDocument {
        problems = List.copyOf(problems);
        variables = Set.copyOf(variables);
    }

    /**
     * Reads a text. Each {@code ${NAME}} and {@code ${NAME:-default}} in a value is replaced after parsing, so that no variable can add to the
     * YAML.
     */
    public static YamlDocument read(String text, Map<String, String> environment) {
        return YamlReader.read(text, environment);
    }
}
