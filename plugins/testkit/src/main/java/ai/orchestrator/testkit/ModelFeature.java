package ai.orchestrator.testkit;

/** What a model provider may leave out; what it leaves out it has to refuse as {@code UNSUPPORTED}. */
public enum ModelFeature {
    /** {@link ai.orchestrator.plugin.model.ResponseFormat.Json}. */
    JSON,
    /** {@link ai.orchestrator.plugin.model.ResponseFormat.JsonSchema}. */
    JSON_SCHEMA,
    /** Tools, and a {@code ToolChoice} that requires one. */
    TOOLS,
    /** Messages with images. */
    IMAGES,
    /** {@link ai.orchestrator.plugin.model.Prompt.Raw}. */
    RAW,
    /** {@link ai.orchestrator.plugin.model.Prompt.Insert}. */
    INSERT
}
