package ai.orchestrator.server.yaml;

/**
 * Something that is wrong with a document.
 *
 * @param line from 1
 * @param sentence holds names from the document, but no values
 */
public record YamlProblem(int line, String sentence) {}
