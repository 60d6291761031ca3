package ai.orchestrator.server.config;

/** The configuration cannot be used. The message is for the operator: it says where and why, and holds no secret. */
public final class ConfigException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public ConfigException(String message) {
        super(message);
    }

    public ConfigException(String message, Throwable cause) {
        super(message, cause);
    }

    /** The message, which is always there. */
    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
