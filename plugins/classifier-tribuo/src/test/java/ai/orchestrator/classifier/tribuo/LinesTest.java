package ai.orchestrator.classifier.tribuo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class LinesTest {
    @Test
    void a_single_line_repeats_nothing() {
        assertThat(Lines.of("the more the merrier, the more the better").repeated())
                .isZero();
        assertThat(Lines.of("").repeated()).isZero();
    }

    @Test
    void a_line_repeats_what_any_line_before_it_said() {
        assertThat(Lines.of("Is it right?\n\nA. right\nB. Not right, not IT").repeated())
                .isCloseTo((1 / 2.0 + 2 / 4.0) / 2, within(1e-9));
    }

    @Test
    void variety_is_how_many_words_are_different_ones() {
        assertThat(Lines.of("the more the\n merrier: 12 12").variety()).isCloseTo(4 / 6.0, within(1e-9));
        assertThat(Lines.of("?").variety()).isEqualTo(1);
    }

    @Test
    void numbers_stand_alone_but_for_their_marks_and_units() {
        assertThat(Lines.of("How far is it?\nA. 12\nB. 3.5 km\n(c) $1,000.00\nD. about 12 miles")
                        .numbers())
                .isCloseTo(3 / 5.0, within(1e-9));
        assertThat(Lines.of("").numbers()).isZero();
    }
}
