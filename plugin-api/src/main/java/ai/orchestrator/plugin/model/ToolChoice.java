package ai.orchestrator.plugin.model;

/**
 * Whether the model has to call a tool.
 *
 * @param mode how free the model is
 * @param tool the tool to call, for {@link Mode#NAMED}; else empty
 */
public record ToolChoice(Mode mode, String tool) {
    /** How free the model is. */
    public enum Mode {
        AUTO,
        NONE,
        REQUIRED,
        NAMED
    }

    /** The model decides. */
    public static final ToolChoice AUTO = new ToolChoice(Mode.AUTO, "");
}
