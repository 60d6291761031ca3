package ai.orchestrator.server.unicode;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class SurrogatesTest {
    @Property
    void only_halves_that_stand_alone_are_replaced(@ForAll("texts") String text) {
        String repaired = Surrogates.repair(text);

        assertThat(repaired.codePoints().toArray())
                .isEqualTo(text.codePoints().map(c -> half(c) ? 0xfffd : c).toArray());
        assertThat(Surrogates.whole(repaired)).isTrue();
        assertThat(Surrogates.whole(text)).isEqualTo(repaired.equals(text));
    }

    /** Also ones whose half is the last of a thousand characters, or the first after them. */
    @Provide
    Arbitrary<String> texts() {
        Arbitrary<String> pieces = Arbitraries.of(List.of(
                "",
                "a",
                "\u00e9",
                "\ud7ff",
                "\ue000",
                "\uffff",
                "\ud83d\ude00",
                "\ud83d",
                "\ude00",
                "x".repeat(1023),
                "\u4e2d".repeat(1024)));
        return pieces.list().ofMaxSize(6).map(all -> String.join("", all));
    }

    private static boolean half(int c) {
        return c >= 0xd800 && c <= 0xdfff;
    }
}
