package ai.orchestrator.model.llamacpp;

/** A GGUF file is sound, but holds nothing that can be used here. The message is a clause such as {@code it is a part of a split model}. */
final class UnusableModelException extends Exception {
    private static final long serialVersionUID = 1L;

    UnusableModelException(String message) {
        super(message);
    }
}
