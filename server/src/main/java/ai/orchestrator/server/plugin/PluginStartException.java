package ai.orchestrator.server.plugin;

import java.util.List;

/** Services that the configuration names could not be made. The message lists every reason, a line each. */
public final class PluginStartException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    PluginStartException(List<String> reasons) {
        super(String.join("\n", reasons));
    }

    /** The message, which is always there. */
    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
