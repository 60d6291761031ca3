package ai.orchestrator.model.llamacpp.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class StopTextsTest {
    @Test
    void text_goes_through_at_once_where_no_stop_can_begin() {
        StopTexts stops = new StopTexts(List.of("</s>"));
        assertThat(stops.accept("Hello")).isEqualTo("Hello");
        assertThat(stops.accept(" world")).isEqualTo(" world");
        assertThat(stops.rest()).isEmpty();
    }

    @Test
    void what_may_be_the_beginning_of_a_stop_is_held_back_until_it_is_clear() {
        StopTexts stops = new StopTexts(List.of("</s>"));
        assertThat(stops.accept("a <")).isEqualTo("a ");
        assertThat(stops.accept("/")).isEmpty();
        assertThat(stops.accept("b>")).isEqualTo("</b>");
        assertThat(stops.accept("<")).isEmpty();
        assertThat(stops.rest()).isEqualTo("<");
        assertThat(stops.found()).isFalse();
    }

    @Test
    void a_stop_in_pieces_ends_the_text_and_is_not_part_of_it() {
        StopTexts stops = new StopTexts(List.of("never", "STOP"));
        assertThat(stops.accept("one S")).isEqualTo("one ");
        assertThat(stops.accept("TO")).isEmpty();
        assertThat(stops.accept("P two")).isEmpty();
        assertThat(stops.found()).isTrue();
        assertThat(stops.rest()).isEmpty();
    }

    @Test
    void the_first_of_several_stops_counts_also_where_one_begins_within_another() {
        assertThat(new StopTexts(List.of("cd", "b")).accept("abcd")).isEqualTo("a");
        StopTexts repeated = new StopTexts(List.of("aab"));
        assertThat(repeated.accept("aaa")).isEqualTo("a");
        assertThat(repeated.accept("b")).isEmpty();
        assertThat(repeated.found()).isTrue();
    }

    @Test
    void an_empty_stop_stops_nothing() {
        StopTexts stops = new StopTexts(List.of(""));
        assertThat(stops.accept("text")).isEqualTo("text");
        assertThat(stops.found()).isFalse();
    }
}
