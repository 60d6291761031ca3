package ai.orchestrator.server.http;

import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;

/** Names for the parts of a reply, as other servers of the same APIs form them. */
public final class RandomIds {
    private static final String LETTERS_AND_DIGITS = "abcdefghijklmnopqrstuvwxyz0123456789";
    private static final int CALL_LENGTH = 8;
    private static final int HEX_BYTES = 12;
    private static final long MOST = 1_000_000_000_000_000L;

    private RandomIds() {}

    /** The prefix and 24 hexadecimal digits. */
    public static String hex(String prefix) {
        byte[] bytes = new byte[HEX_BYTES];
        ThreadLocalRandom.current().nextBytes(bytes);
        return prefix + HexFormat.of().formatHex(bytes);
    }

    /** Up to 15 decimal digits. */
    public static String number() {
        return Long.toString(ThreadLocalRandom.current().nextLong(MOST));
    }

    /** The name of a tool call to which the model gave none. */
    public static String call() {
        StringBuilder id = new StringBuilder("call_");
        ThreadLocalRandom.current()
                .ints(CALL_LENGTH, 0, LETTERS_AND_DIGITS.length())
                .forEach(i -> id.append(LETTERS_AND_DIGITS.charAt(i)));
        return id.toString();
    }
}
