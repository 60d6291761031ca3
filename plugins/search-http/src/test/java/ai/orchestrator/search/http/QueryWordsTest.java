package ai.orchestrator.search.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QueryWordsTest {
    @ParameterizedTest
    @CsvSource({
        "one two three, 100, 50, one two three",
        "one two three, 100, 2, one two",
        "one two three, 13, 50, one two three",
        "one two three, 12, 50, one two",
        "one two three, 7, 50, one two",
        "one two three, 6, 50, one",
        "abcdef, 4, 50, abcd",
        "ab😀cd, 3, 50, ab"
    })
    void keepsWholeWordsWithinTheLimits(String text, int characters, int words, String kept) {
        assertThat(QueryWords.within(QueryWords.of(text), characters, words)).isEqualTo(kept);
    }

    @Test
    void splitsAtWhateverASearchSplitsAt() {
        assertThat(QueryWords.of(" a\tb\n\u0000c\u00A0d\u3000e\uD83D ")).containsExactly("a", "b", "c", "d", "e");
        assertThat(QueryWords.of(" \u0000 ")).isEmpty();
    }
}
