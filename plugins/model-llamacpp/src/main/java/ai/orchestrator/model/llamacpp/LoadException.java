package ai.orchestrator.model.llamacpp;

import java.util.List;

/** A model that could not be loaded. The message is a clause without folders of this machine. */
final class LoadException extends Exception {
    private static final long serialVersionUID = 1L;

    private final Fault fault;
    private final transient List<String> output;

    /** Whose fault it is. */
    enum Fault {
        /** It may go better the next time. */
        PASSING,
        /** The engine does not know the model's architecture, and never will. */
        ARCHITECTURE,
        /** The engine itself cannot run on this machine. */
        ENGINE
    }

    LoadException(String message, List<String> output) {
        this(Fault.PASSING, message, output);
    }

    LoadException(Fault fault, String message, List<String> output) {
        super(message);
        this.fault = fault;
        this.output = output;
    }

    Fault fault() {
        return fault;
    }

    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }

    /** The last lines that the process wrote; for the log only, as they name folders of this machine. */
    List<String> output() {
        return output;
    }
}
