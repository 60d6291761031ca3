package ai.orchestrator.server.search.answer;

import static org.assertj.core.api.Assertions.assertThat;

import ai.orchestrator.server.orchestration.Source;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What counts as cited. */
class ListedSourcesTest {
    private static final List<Source> SOURCES = IntStream.rangeClosed(1, 5)
            .mapToObj(number -> new Source(number, "https://ok.org/" + number, "T"))
            .toList();

    private static String numbers(String answer) {
        CitedText text = new CitedText(SOURCES, true);
        for (int i = 0; i < answer.length(); i++) {
            text.next(answer.substring(i, i + 1));
        }
        text.end();
        return String.join(
                " ",
                text.below()
                        .lines()
                        .filter(line -> line.startsWith("["))
                        .map(line -> line.substring(1, 2))
                        .toList());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "It is so [2]. | 2",
                "So [4] and so [1][4]. | 1 4",
                "So [5, 2]. | 2 5",
                "So [2-4]. | 2 3 4",
                "So [2-9]. | 2",
                "So [9] and [3, 9]. | 3",
                "So [^3]. | 3",
                "So [2](https://ok.org/2). | 2",
                "So [2](https://evil.org/). | 2",
                "So [[2]](https://ok.org/2). | 2",
                "So [here](https://ok.org/2). | 1 2 3 4 5",
                "So `[2]` and [4]. | 4",
                "So `[2]`. | 1 2 3 4 5",
                "So a[0] [1]. | 1",
                "So. | 1 2 3 4 5"
            })
    void theListHasWhatTheAnswerCites(String answer, String expected) {
        assertThat(numbers(answer)).isEqualTo(expected);
    }

    @Test
    void codeCitesNothing() {
        assertThat(numbers("```\n[2]\n```\n[1]")).isEqualTo("1");
    }

    @Test
    void anAnswerOfNothingHasNoList() {
        assertThat(numbers("")).isEmpty();
        assertThat(numbers(" \n")).isEmpty();
        assertThat(numbers("![x](http://evil.org/)")).isEmpty();
    }

    @Test
    void thereIsNoneWhereItIsNotAskedFor() {
        CitedText text = new CitedText(SOURCES, false);
        text.next("So [1].");
        text.end();
        assertThat(text.below()).isEmpty();
    }
}
