package ai.orchestrator.model.llamacpp.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ThinkMarksTest {
    @Test
    void thoughts_are_told_from_the_answer_however_they_are_cut_into_pieces() {
        for (int size : new int[] {1, 3, 7, 1000}) {
            assertThat(split(ThinkMarks.after("ask"), "\n<think>\nLet me <i>see</i>.</think>\n\nIt is < 5.", size))
                    .containsExactly("Let me <i>see</i>.", "It is < 5.");
            assertThat(split(ThinkMarks.after("ask<think>\n"), "Hm.</think>Yes.", size))
                    .containsExactly("Hm.", "Yes.");
        }
    }

    @Test
    void an_answer_without_thoughts_stays_as_it_is() {
        assertThat(split(ThinkMarks.after("ask"), " <b>Yes</b> </think>", 2))
                .containsExactly("", " <b>Yes</b> </think>");
        assertThat(split(ThinkMarks.after("ask<think>\n\n</think>\n\n"), "<think>Yes", 2))
                .containsExactly("", "<think>Yes");
        assertThat(split(ThinkMarks.none(), "<think>x</think>", 2)).containsExactly("", "<think>x</think>");
    }

    @Test
    void thoughts_that_are_cut_are_thoughts() {
        assertThat(split(ThinkMarks.after("ask"), "<think>and then </thi", 4)).containsExactly("and then </thi", "");
        assertThat(split(ThinkMarks.after("ask"), "<thi", 4)).containsExactly("", "<thi");
    }

    @Test
    void a_prompt_is_closed_to_thoughts() {
        assertThat(ThinkMarks.prompt("ask\n", true)).isEqualTo("ask\n");
        assertThat(ThinkMarks.prompt("ask\n", false)).isEqualTo("ask\n<think>\n\n</think>\n\n");
        assertThat(ThinkMarks.prompt("ask\n<think>\n", false)).isEqualTo("ask\n<think>\n\n</think>\n\n");
        assertThat(ThinkMarks.prompt("ask\n<think>\n\n</think>\n\n", false)).isEqualTo("ask\n<think>\n\n</think>\n\n");
    }

    private static List<String> split(ThinkMarks marks, String text, int size) {
        List<Reply> replies = new ArrayList<>();
        for (int i = 0; i < text.length(); i += size) {
            replies.addAll(marks.accept(text.substring(i, Math.min(text.length(), i + size))));
        }
        replies.addAll(marks.rest());
        StringBuilder thoughts = new StringBuilder();
        StringBuilder answer = new StringBuilder();
        for (Reply reply : replies) {
            switch (reply) {
                case Reply.Think(String thought) -> thoughts.append(thought);
                case Reply.Text(String said) -> answer.append(said);
                default -> throw new AssertionError(reply);
            }
        }
        return List.of(thoughts.toString(), answer.toString());
    }
}
