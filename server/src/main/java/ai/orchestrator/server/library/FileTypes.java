package ai.orchestrator.server.library;

import java.util.List;

/** The names of {@code general.file_type}'s numbers in GGUF files; empty for those out of use. */
final class FileTypes {
    private static final List<String> NAMES = List.of(
            "F32", "F16", "Q4_0", "Q4_1", "", "", "", "Q8_0", "Q5_0", "Q5_1", "Q2_K", "Q3_K_S", "Q3_K_M", "Q3_K_L",
            "Q4_K_S", "Q4_K_M", "Q5_K_S", "Q5_K_M", "Q6_K", "IQ2_XXS", "IQ2_XS", "Q2_K_S", "IQ3_XS", "IQ3_XXS", "IQ1_S",
            "IQ4_NL", "IQ3_S", "IQ3_M", "IQ2_S", "IQ2_M", "IQ4_XS", "IQ1_M", "BF16", "", "", "", "TQ1_0", "TQ2_0");

    private FileTypes() {}

    static String name(long number) {
        return number >= 0 && number < NAMES.size() ? NAMES.get((int) number) : "";
    }
}
