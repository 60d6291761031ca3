package ai.orchestrator.server.http.legacy;

import java.math.BigDecimal;

/**
 * What names a chat request in the old service's cache: message, model, temperature and token limit written one after another, an absent one by the
 * old service's own default. The MD5 of it is the key there.
 */
final class OldName {
    static final String MODEL = "TinyLlama/TinyLlama-1.1B-Chat-v1.0";
    static final double TEMPERATURE = 0.7;
    static final int MAX_TOKENS = 2048;

    private OldName() {}

    static String of(String message, String model, double temperature, int maxTokens) {
        return message + model + shortest((float) temperature) + maxTokens;
    }

    /** As Rust writes a 32-bit float: the fewest digits that tell it apart, without an exponent or a needless point. */
    private static String shortest(float number) {
        BigDecimal decimal = new BigDecimal(Float.toString(number));
        return decimal.signum() == 0 ? "0" : decimal.stripTrailingZeros().toPlainString();
    }
}
