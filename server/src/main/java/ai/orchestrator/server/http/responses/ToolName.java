package ai.orchestrator.server.http.responses;

/**
 * A function's name.
 *
 * @param namespace empty for none
 */
record ToolName(String namespace, String name) {
    /** The name that the model knows: it is told of no namespaces, and providers take letters, digits, {@code _} and {@code -} only. */
    String flat() {
        return namespace.isEmpty() ? name : namespace + "__" + name;
    }
}
