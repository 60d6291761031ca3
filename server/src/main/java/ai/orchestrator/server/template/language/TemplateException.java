package ai.orchestrator.server.template.language;

/** A template is wrong, or does not take what it is given. The message is one sentence that begins with line and column. */
public final class TemplateException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TemplateException(String message) {
        super(message, null, false, false);
    }

    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
