package ai.orchestrator.embed.minilm;

import static org.assertj.core.api.Assertions.assertThat;

import ai.orchestrator.embed.minilm.WordPieces.Tokens;
import java.io.IOException;
import java.util.Arrays;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class WordPiecesTest {
    private static final int PLENTY = 1000;
    private static WordPieces pieces;

    @BeforeAll
    static void load() throws IOException {
        pieces = WordPieces.load();
    }

    /** The numbers are those that the Hugging Face tokenizer makes with the tokenizer.json that belongs to the model. */
    static Stream<Arguments> reads_text_as_the_model_was_taught_to() {
        return Stream.of(
                Arguments.of("Hello, world!", "101 7592 1010 2088 999 102"),
                Arguments.of("", "101 102"),
                Arguments.of("  \t\n ", "101 102"),
                Arguments.of("unbelievably", "101 4895 8671 2666 3567 6321 102"),
                Arguments.of("Crème brûlée à la carte", "101 13675 21382 7987 9307 2063 1037 2474 11122 2063 102"),
                Arguments.of("don't   STOP", "101 2123 1005 1056 2644 102"),
                Arguments.of("Straße ÄÖÜ", "101 2358 27807 20118 2226 102"),
                Arguments.of("机器学习is fun", "101 100 100 1817 100 2003 4569 102"),
                Arguments.of("カタカナ と ひらがな", "101 1700 30235 30226 30241 1666 1673 30211 30177 30193 102"),
                Arguments.of(
                        "Ελληνικός λόγος",
                        "101 1159 29727 29727 24824 16177 18199 29726 15297 1165 29730 29721 15297 102"),
                Arguments.of("привет, мир", "101 1194 16856 10325 25529 15290 22919 1010 1191 10325 16856 102"),
                Arguments.of("안녕하세요", "101 1463 30006 30021 29992 30010 30025 30005 30006 29997 30009 29999 30013 102"),
                Arguments.of("a≠b", "101 1037 1027 1038 102"),
                Arguments.of("x\u0000y\u200bz", "101 1060 2100 2480 102"),
                Arguments.of("👍🏽 ok", "101 100 7929 102"),
                Arguments.of("٣ ﬁne ①", "101 100 1984 2638 100 102"),
                Arguments.of("e\u0301clair", "101 14925 19771 2099 102"),
                Arguments.of("z".repeat(101), "101 100 102"),
                Arguments.of("3.14159", "101 1017 1012 15471 28154 102"),
                Arguments.of("snake_case(foo[0])", "101 7488 1035 2553 1006 29379 1031 1014 1033 1007 102"));
    }

    @ParameterizedTest
    @MethodSource
    void reads_text_as_the_model_was_taught_to(String text, String numbers) {
        assertThat(pieces.tokens(text, PLENTY))
                .satisfies(tokens -> assertThat(tokens.ids()).containsExactly(numbers(numbers)))
                .satisfies(tokens -> assertThat(tokens.cut()).isFalse());
    }

    @Test
    void takes_a_word_of_a_hundred_letters_apart() {
        assertThat(pieces.tokens("z".repeat(100), PLENTY).ids()).hasSize(53);
    }

    @Test
    void never_reads_text_as_one_of_the_marks() {
        assertThat(pieces.tokens("[CLS] [SEP] [MASK] ##ing", PLENTY).ids())
                .startsWith(101)
                .endsWith(102)
                .satisfies(ids -> assertThat(LongStream.of(ids).skip(1).limit(ids.length - 2L))
                        .noneMatch(id -> id >= 100 && id <= 103));
    }

    @Test
    void cuts_at_the_limit_and_says_so() {
        Tokens whole = pieces.tokens("one two three four", 6);
        Tokens cut = pieces.tokens("one two three four five", 6);

        assertThat(whole.cut()).isFalse();
        assertThat(cut.cut()).isTrue();
        assertThat(cut.ids()).containsExactly(whole.ids());
    }

    @Test
    void cuts_within_a_word_but_never_counts_an_unknown_word_twice() {
        assertThat(pieces.tokens("unbelievably", 4).ids()).containsExactly(101, 4895, 8671, 102);
        assertThat(pieces.tokens("z".repeat(101), 3).cut()).isFalse();
    }

    @Test
    void reads_two_million_characters_of_any_kind() {
        for (String part : new String[] {"a", " ", "\u0301", "机", "\u200b", "\uD83D", "!", "\uFDFA"}) {
            long[] ids = pieces.tokens(part.repeat(2_000_000), 256).ids();

            assertThat(ids.length).as(part).isBetween(2, 256);
        }
    }

    private static long[] numbers(String spaced) {
        return Arrays.stream(spaced.split(" ")).mapToLong(Long::parseLong).toArray();
    }
}
