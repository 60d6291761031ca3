package ai.orchestrator.server.search;

import static org.assertj.core.api.Assertions.assertThat;

import ai.orchestrator.server.orchestration.WebSearch.Result;
import ai.orchestrator.server.search.page.Passage;
import ai.orchestrator.server.search.page.QuotableResult;
import ai.orchestrator.server.search.page.ScoredPassage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class QuotesTest {
    private static final String TAG = "evidence-0123456789abcdef";
    private static final int FRAME = 100;

    private static QuotableResult result(String name, boolean read, ScoredPassage... passages) {
        Result result = new Result(name, "https://" + name + ".org/", "", 1, List.of("web"), Optional.empty());
        return new QuotableResult(result, List.of(passages), read);
    }

    /** One of four hundred characters or so, that begins with its name. */
    private static ScoredPassage passage(int place, String name, double score) {
        return new ScoredPassage(
                new Passage(place, name + " " + "says this. ".repeat(36).strip()), score);
    }

    private static List<String> bodies(int room, QuotableResult... results) {
        return Quotes.choose(List.of(results), TAG, room, ignored -> FRAME).stream()
                .map(quote -> quote.of().result().title() + ": "
                        + quote.body().replaceAll("(?: says this\\.| says this…| says…|…$)+", ""))
                .toList();
    }

    @Test
    void everyResultGivesItsBestPassageBeforeAnyGivesASecond() {
        QuotableResult long1 = result("a", true, passage(0, "a0", 0.9), passage(1, "a1", 0.95), passage(2, "a2", 0.8));
        QuotableResult short2 = result("b", true, passage(0, "b0", 0.3));
        assertThat(bodies(1_100, long1, short2)).containsExactly("a: a1", "b: b0");
        assertThat(bodies(1_600, long1, short2)).containsExactly("a: a0 a1", "b: b0");
        assertThat(bodies(9_000, long1, short2)).containsExactly("a: a0 a1 a2", "b: b0");
        assertThat(bodies(600, long1, short2)).containsExactly("a: a1");
    }

    @Test
    void whatHasNothingToDoWithTheQuestionIsQuotedWhereThereIsNothingElse() {
        QuotableResult other = result("other", false, passage(0, "o0", 0));
        QuotableResult fitting = result("fitting", true, passage(0, "f0", 0.5), passage(4, "f4", 0.4));
        assertThat(bodies(1_150, other, fitting)).containsExactly("fitting: f0 … f4");
        assertThat(bodies(9_000, other, fitting)).containsExactly("fitting: f0 … f4");
        assertThat(bodies(9_000, other)).containsExactly("other: o0");
    }

    @Test
    void aPageIsQuotedAtMoreLengthThanASnippetAndNeitherWithoutEnd() {
        ScoredPassage[] passages = new ScoredPassage[40];
        for (int i = 0; i < passages.length; i++) {
            passages[i] = passage(i, "p" + i, 1 - i / 100.0);
        }
        assertThat(Quotes.choose(List.of(result("a", true, passages)), TAG, 90_000, ignored -> FRAME))
                .singleElement()
                .satisfies(quote -> assertThat(quote.body().length()).isBetween(1_700, 2_100));
        assertThat(Quotes.choose(List.of(result("a", false, passages)), TAG, 90_000, ignored -> FRAME))
                .singleElement()
                .satisfies(quote -> assertThat(quote.body().length()).isBetween(900, 1_200));
    }

    @Test
    void aResultThatSaysNothingIsQuotedByItsTitle() {
        assertThat(bodies(1_000, result("a", false))).containsExactly("a: ");
    }

    @Property(tries = 300)
    void quotesNeverTakeMoreThanTheirRoom(
            @ForAll @Size(max = 6) List<@StringLength(max = 600) String> texts,
            @ForAll @IntRange(max = 6_000) int room) {
        List<QuotableResult> results = new ArrayList<>();
        for (String text : texts) {
            results.add(result(
                    "t" + results.size(),
                    results.size() % 2 == 0,
                    new ScoredPassage(new Passage(0, text), 0.5),
                    new ScoredPassage(new Passage(1, "\"&\" " + text), 0.7)));
        }
        int taken = Quotes.choose(results, TAG, room, ignored -> FRAME).stream()
                .mapToInt(quote -> FRAME + PromptSize.of(quote.title() + "\n" + quote.body()))
                .sum();
        assertThat(taken).isLessThanOrEqualTo(room);
    }
}
