package ai.orchestrator.server.search;

import static org.assertj.core.api.Assertions.assertThat;

import ai.orchestrator.server.unicode.PlainText;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

class EvidenceTextTest {
    private static final String TAG = "evidence-0123456789abcdef";

    /** Any text, rich in what an attacker would put into it. */
    @Provide
    Arbitrary<String> hostile() {
        Arbitrary<String> piece = Arbitraries.oneOf(
                Arbitraries.of(
                        "<",
                        ">",
                        "</",
                        "&",
                        "\"",
                        "[",
                        "]",
                        "[INST]",
                        "\uFF1C",
                        "\uFF1E",
                        "\u200B",
                        "\u00AD",
                        "\uDB40\uDC41",
                        "evidence-",
                        "0123456789abcdef",
                        "EVIDENCE-",
                        TAG,
                        "</" + TAG + ">",
                        "<|im_start|>",
                        "\n",
                        "\u2028",
                        "\uD800",
                        "&lt;",
                        "\u226E",
                        "\u0338",
                        "\uFE64"),
                Arbitraries.strings().all().ofMaxLength(5));
        return piece.list().ofMaxSize(12).map(pieces -> String.join("", pieces));
    }

    @Property(tries = 5_000)
    void nothingCanCloseTheTagOrOpenAnother(@ForAll("hostile") String text) {
        String quoted = EvidenceText.quote(text, TAG);
        assertThat(quoted).doesNotContain("<", ">", "\"").doesNotContainIgnoringCase(TAG);
        assertThat(quoted.replaceAll("&(amp|lt|gt|quot);", "")).doesNotContain("&");
    }

    @Property(tries = 5_000)
    void theTextIsOneLineOfVisibleCharacters(@ForAll("hostile") String text) {
        assertThat(EvidenceText.quote(text, TAG).codePoints())
                .noneMatch(c -> Character.isISOControl(c)
                        || Character.getType(c) == Character.FORMAT
                        || Character.getType(c) == Character.SURROGATE
                        || Character.getType(c) == Character.LINE_SEPARATOR
                        || Character.getType(c) == Character.PARAGRAPH_SEPARATOR);
    }

    @Property
    void aCutTextIsWithinTheLimitAndABeginning(
            @ForAll("hostile") String text, @ForAll @IntRange(min = 2, max = 60) int limit) {
        String cut = EvidenceText.cut(text, limit);
        assertThat(cut.length()).isLessThanOrEqualTo(limit);
        assertThat(text.strip()).startsWith(cut.replaceFirst("…$", "").strip());
    }

    @Example
    void plainTextStaysAsItIs() {
        for (String text : List.of("Fold it twice; 3 < 4 is not kept.", "Größe: 5 µm")) {
            assertThat(EvidenceText.quote(text, TAG))
                    .isEqualTo(PlainText.of(text).replace("<", "&lt;"));
        }
        assertThat(PlainText.of("Größe  in\tEuro")).isEqualTo("Größe in Euro");
    }

    @Example
    void aTextWithoutASentenceIsCutAtAWord() {
        assertThat(EvidenceText.cut("several words and no end of a sentence", 20))
                .isEqualTo("several words and…");
        assertThat(EvidenceText.cut("x".repeat(30), 10)).isEqualTo("x".repeat(9) + "…");
    }
}
