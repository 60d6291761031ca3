package ai.orchestrator.model.llamacpp;

/** A GGUF file is sound, but holds nothing that can be used here. The message is a clause such as {@code it is a part of a split model}. */
final class UnusableModelException extends Exception {
    private static final long serialVersionUID = 1L;

    private final boolean belongsToAnother;

    UnusableModelException(String message) {
        this(message, false);
    }

    private UnusableModelException(String message, boolean belongsToAnother) {
        super(message);
        this.belongsToAnother = belongsToAnother;
    }

    /** For a file that is no model and need not be one: it belongs to another. */
    static UnusableModelException ofAnother(String message) {
        return new UnusableModelException(message, true);
    }

    boolean belongsToAnother() {
        return belongsToAnother;
    }

    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
