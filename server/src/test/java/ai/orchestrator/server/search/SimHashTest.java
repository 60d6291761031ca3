package ai.orchestrator.server.search;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SimHashTest {
    private static final String TEXT =
            "Reciprocal rank fusion adds up what a page gets for its places in the lists of several engines. "
                    + "It needs no scores that could be compared, which is why it works across engines of any kind, and it is hard to beat by "
                    + "anything that has to be trained. The constant keeps the first places from counting for too much.";

    private static SimHash of(String text) {
        return SimHash.of(text).orElseThrow();
    }

    @Test
    void caseAndSignsDoNotCount() {
        assertThat(of(TEXT))
                .isEqualTo(of(TEXT.toUpperCase(java.util.Locale.ROOT).replace(",", " -")));
    }

    @Test
    void threeBitsApartIsNearAndFourIsNot() {
        SimHash bits = of(TEXT);
        assertThat(bits.isNear(new SimHash(bits.bits() ^ 0x8000_0010_0000_0001L)))
                .isTrue();
        assertThat(bits.isNear(new SimHash(bits.bits() ^ 0x8000_0010_0000_0003L)))
                .isFalse();
    }

    @Test
    void anotherTextIsNotNear() {
        assertThat(of(TEXT).isNear(of(
                        "A nightly backup of the billing database is kept for thirty five days and then deleted.")))
                .isFalse();
    }

    @Test
    void theSameFormWithOtherFactsIsNotNear() {
        assertThat(
                        of("The weather in Paris on Monday will be sunny with 21 degrees and a light wind from the west")
                                .isNear(
                                        of(
                                                "The weather in Berlin on Friday will be rainy with 12 degrees and a strong wind from the east")))
                .isFalse();
    }

    @Test
    void aFewWordsHaveNoFingerprint() {
        assertThat(SimHash.of("Home page of the example site")).isEmpty();
        assertThat(SimHash.of("")).isEmpty();
    }
}
