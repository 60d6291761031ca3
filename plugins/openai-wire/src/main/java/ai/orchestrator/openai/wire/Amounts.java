package ai.orchestrator.openai.wire;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.Optional;

/** Numbers of tokens and sums of money as far sides tell them: within what can be, or not at all. */
public final class Amounts {
    /** No context is nearly as long. */
    private static final BigDecimal MOST_TOKENS = BigDecimal.valueOf(100_000_000);

    private static final BigDecimal DEAREST = BigDecimal.valueOf(1_000_000);
    private static final int LONGEST_SHOWN = 40;

    private Amounts() {}

    /** A number of tokens; 0 if it is absent or cannot be one. */
    public static int tokens(JsonNode node) {
        if (!node.isNumber()) {
            return 0;
        }
        BigDecimal number = node.decimalValue();
        boolean possible = number.signum() >= 0
                && number.compareTo(MOST_TOKENS) <= 0
                && number.stripTrailingZeros().scale() <= 0;
        return possible ? number.intValue() : 0;
    }

    /** Whether it is a possible number of tokens, or absent. */
    public static boolean areTokens(JsonNode node) {
        boolean zero = node.isNumber() && node.decimalValue().signum() == 0;
        return node.isMissingNode() || node.isNull() || zero || tokens(node) > 0;
    }

    /** US dollars, as a number or a text; empty if they are absent, negative, or more than anything costs. */
    public static Optional<BigDecimal> dollars(JsonNode node) {
        if (!node.isNumber() && !node.isTextual()) {
            return Optional.empty();
        }
        try {
            BigDecimal amount = node.isNumber()
                    ? node.decimalValue()
                    : new BigDecimal(node.textValue().strip());
            boolean sensible = amount.signum() >= 0 && Math.abs(amount.scale()) <= 40 && amount.compareTo(DEAREST) < 0;
            return sensible ? Optional.of(amount) : Optional.empty();
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** A member as a message shows it. */
    public static String shown(String name, JsonNode value) {
        String text = value.toString();
        return name + " " + (text.length() > LONGEST_SHOWN ? text.substring(0, LONGEST_SHOWN) + "…" : text);
    }
}
