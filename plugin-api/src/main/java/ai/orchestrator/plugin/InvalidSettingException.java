package ai.orchestrator.plugin;

/** A setting is missing, unknown or has a bad value. The message names the setting and says what is expected. */
public final class InvalidSettingException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String setting;

    /** @param setting the setting's path within the service's settings, such as {@code sources[0].url} */
    public InvalidSettingException(String setting, String message) {
        super(setting + ": " + message);
        this.setting = setting;
    }

    /** The setting's path within the service's settings. */
    public String setting() {
        return setting;
    }
}
