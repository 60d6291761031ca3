package ai.orchestrator.server.search;

import ai.orchestrator.server.orchestration.WebSearch.Result;
import ai.orchestrator.server.search.page.Passage;
import ai.orchestrator.server.search.page.QuotableResult;
import ai.orchestrator.server.search.page.ScoredPassage;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.function.ToIntFunction;

/**
 * Chooses what is quoted of results where there is not room for all of it: of each result that has to do with the question its best passage,
 * the best results first, then the best of the others, whichever result they are of. What seems to have nothing to do with it
 * would only lead a model astray, and is quoted where there is nothing else. Sizes are those of {@link PromptSize}.
 */
final class Quotes {
    /** The most that is quoted of a result, without its title: 600 tokens of a page, 1,200 characters of a snippet. */
    private static final int MOST_OF_PAGE = 2_100;

    private static final int MOST_OF_SNIPPET = 1_200;

    private static final int MAX_TITLE = 120;

    /** A result that would have to be shorter than this is left out. */
    private static final int LEAST = 200;

    private static final int SHORTEST_CUT = 50;

    /** Around dots, with a figure after it. */
    private static final int GAP = PromptSize.of(" … 1");

    /** What is quoted of a result, made harmless. */
    record Quote(QuotableResult of, String title, String body) {}

    /** What may be added to a result's quote. */
    private record Offer(Open to, Passage passage, String text, double score) {}

    private static final class Open {
        private final QuotableResult of;
        private final String title;
        private final TreeMap<Integer, String> chosen = new TreeMap<>();
        private int size;
        private boolean taken;

        Open(QuotableResult of, String title) {
            this.of = of;
            this.title = title;
        }

        int most() {
            return of.read() ? MOST_OF_PAGE : MOST_OF_SNIPPET;
        }

        Quote quote() {
            StringBuilder body = new StringBuilder();
            int before = -2;
            for (var passage : chosen.entrySet()) {
                String gap = passage.getKey() == before + 1 ? " " : " … ";
                body.append(body.isEmpty() ? "" : gap).append(passage.getValue());
                before = passage.getKey();
            }
            return new Quote(of, title, body.toString());
        }
    }

    private final String tag;
    private int room;

    private Quotes(String tag, int room) {
        this.tag = tag;
        this.room = room;
    }

    /**
     * The quotes in the results' order.
     *
     * @param room for all of them
     * @param frame what a result takes beside its title and its passages
     */
    static List<Quote> choose(List<QuotableResult> results, String tag, int room, ToIntFunction<Result> frame) {
        Quotes quotes = new Quotes(tag, room);
        List<Open> open = results.stream()
                .map(result -> new Open(
                        result,
                        EvidenceText.quote(EvidenceText.cut(result.result().title(), MAX_TITLE), tag)))
                .toList();
        List<Offer> offers =
                open.stream().flatMap(each -> quotes.offers(each).stream()).toList();
        open.stream().filter(Quotes::fits).forEach(each -> quotes.begin(each, offers, frame));
        offers.stream()
                .filter(offer -> offer.score() > 0 && offer.to().taken)
                .sorted(Comparator.comparingDouble(Offer::score).reversed())
                .forEach(quotes::add);
        if (open.stream().noneMatch(Quotes::fits)) {
            open.forEach(each -> quotes.begin(each, offers, frame));
        }
        return open.stream().filter(each -> each.taken).map(Open::quote).toList();
    }

    private static boolean fits(Open result) {
        return result.of.passages().isEmpty() || result.of.passages().stream().anyMatch(passage -> passage.score() > 0);
    }

    private List<Offer> offers(Open to) {
        List<Offer> offers = new ArrayList<>();
        for (ScoredPassage scored : to.of.passages()) {
            String text = EvidenceText.quote(scored.passage().text(), tag);
            if (!text.isEmpty()) {
                offers.add(new Offer(to, scored.passage(), text, scored.score()));
            }
        }
        return offers;
    }

    /** Quotes a result by its best passage, cut if need be; by its title alone where it says nothing else; not where it has no title either. */
    private void begin(Open result, List<Offer> offers, ToIntFunction<Result> frame) {
        if (result.title.isEmpty() && result.of.passages().isEmpty()) {
            return;
        }
        int head = frame.applyAsInt(result.of.result()) + PromptSize.of(result.title) + PromptSize.LINE_END;
        if (room < head + LEAST) {
            return;
        }
        offers.stream()
                .filter(offer -> offer.to() == result)
                .max(Comparator.comparingDouble(Offer::score))
                .ifPresent(best -> take(best, cut(best.passage().text(), best.text(), room - head - GAP)));
        result.taken = true;
        room -= head;
    }

    /** The text as quoted, cut at the end of a sentence until it fits with its escapes; empty where hardly any of it would be left. */
    private String cut(String plain, String quoted, int most) {
        String fitting = quoted;
        int limit = plain.length();
        while (PromptSize.of(fitting) > most && limit > SHORTEST_CUT) {
            limit = Math.max(SHORTEST_CUT, limit * 3 / 4);
            fitting = EvidenceText.quote(EvidenceText.cut(plain, limit), tag);
        }
        return PromptSize.of(fitting) > most ? "" : fitting;
    }

    /** Adds a passage, or the beginning of it where there is not room for more. */
    private void add(Offer offer) {
        Open to = offer.to();
        int most = Math.min(room, to.most() - to.size) - GAP;
        if (!to.chosen.containsKey(offer.passage().place()) && (most >= LEAST || PromptSize.of(offer.text()) <= most)) {
            take(offer, cut(offer.passage().text(), offer.text(), most));
        }
    }

    private void take(Offer offer, String text) {
        if (text.isEmpty()) {
            return;
        }
        int size = PromptSize.of(text) + GAP;
        offer.to().chosen.put(offer.passage().place(), text);
        offer.to().size += size;
        room -= size;
    }
}
