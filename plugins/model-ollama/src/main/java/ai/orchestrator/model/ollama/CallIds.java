package ai.orchestrator.model.ollama;

import java.util.concurrent.ThreadLocalRandom;

/** Names tool calls whose server gives them none, in the form that Ollama uses. */
final class CallIds {
    private static final String LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789";
    private static final int LENGTH = 8;

    private CallIds() {}

    static String next() {
        StringBuilder id = new StringBuilder("call_");
        ThreadLocalRandom.current()
                .ints(LENGTH, 0, LETTERS.length())
                .forEach(letter -> id.append(LETTERS.charAt(letter)));
        return id.toString();
    }
}
