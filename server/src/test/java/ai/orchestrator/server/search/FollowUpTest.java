package ai.orchestrator.server.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FollowUpTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            What is a heat pump?               | How does it work?                  | How does heat pump work?
            Tell me about the Hoover Dam.      | When was it built?                 | When was Hoover Dam built?
            Who was Ada Lovelace?              | Where did she live?                | Where did Ada Lovelace live?
            What are sea otters?               | What do they eat?                  | What do sea otters eat?
            What are sea otters?               | Describe their habitat.            | Describe sea otters habitat.
            What is a heat pump?               | What are the main advantages?      | What are the main advantages heat pump
            What is a heat pump?               | why?                               | why heat pump
            What is a heat pump?               | And in winter?                     | And in winter heat pump
            What is a heat pump?               | How long does that last in summer? | How long does that last in summer heat pump
            """)
    void aQuestionThatLeansOnTheOneBeforeStandsAlone(String before, String question, String expected) {
        assertThat(FollowUp.resolve(List.of(before, question))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            What is a heat pump?  | Who wrote the Odyssey?
            What is a heat pump?  | What does a heat pump cost?
            What is a heat pump?  | What is Rock City, and why is it famous?
            What is a heat pump?  | Will it rain tomorrow in Berlin?
            Was ist Wärme?        | Kann man das essen?
            Isı pompası nedir?    | Bunu her gün kullanabilir miyim?
            Hello                 | Is it treatable?
            """)
    void aQuestionThatStandsAloneStaysAsItIs(String before, String question) {
        assertThat(FollowUp.resolve(List.of(before, question))).isEqualTo(question);
    }

    @Test
    void theTopicStaysUntilAnotherComesUp() {
        List<String> turns =
                new ArrayList<>(List.of("What is Lyme disease?", "Can it be cured?", "What are its signs?"));
        assertThat(FollowUp.resolve(turns)).isEqualTo("What are Lyme disease signs?");

        turns.addAll(List.of("What about Rocky Mountain spotted fever?", "Is it deadly?"));
        assertThat(FollowUp.resolve(turns)).isEqualTo("Is Rocky Mountain spotted fever deadly?");
    }

    @Test
    void aLongTurnSaysForItselfWhatItIsAbout() {
        String text = "Please correct this letter and keep it short: "
                + "I am writing about the matter of last week. ".repeat(5);
        assertThat(FollowUp.resolve(List.of("What is a heat pump?", text))).isEqualTo(text);
    }

    @Test
    void aFirstQuestionHasNothingToLeanOn() {
        assertThat(FollowUp.resolve(List.of("How does it work?"))).isEqualTo("How does it work?");
    }

    @Test
    void onlyTheLastTurnsAreLookedAt() {
        List<String> turns = new ArrayList<>(List.of("What is a heat pump?"));
        turns.addAll(Collections.nCopies(12, "Thanks"));
        turns.add("How does it work?");
        assertThat(FollowUp.resolve(turns)).isEqualTo("How does it work?");
    }

    @Property(tries = 500)
    void anyConversationIsTakenAndWhatIsSaidLastIsKept(@ForAll @Size(min = 1, max = 5) List<String> turns) {
        String last = turns.getLast();
        String resolved = FollowUp.resolve(turns);
        assertThat(resolved.length()).isLessThanOrEqualTo(last.length() + 201);
    }
}
