package ai.orchestrator.server.search.screen;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Weighs what in a source's text speaks to a machine instead of a reader: commands to forget instructions, new roles, requests for the prompt or for
 * data in addresses, imitated chats and quotations, plain, misspelled, spelled out or encoded. One mild sign, as in an article that quotes such a
 * phrase, is not enough. Finds much and not all: whatever passes is quoted and escaped all the same.
 */
public final class SourceScreen {
    /** A source of so many points is not to be shown to a model. */
    private static final int THRESHOLD = 3;

    private SourceScreen() {}

    /** Why a source should not be shown to a model; empty where nothing much speaks against it. Takes time in proportion to the text. */
    public static Optional<String> suspicion(String title, String text) {
        String whole = title + "\n" + text;
        List<Sign> signs = new ArrayList<>(signs(whole));
        Blobs.decoded(whole).forEach(hidden -> signs(hidden)
                .forEach(sign -> signs.add(new Sign(sign.points() + 1, "encodes what " + sign.reason()))));
        int points = signs.stream().mapToInt(Sign::points).sum();
        return points < THRESHOLD
                ? Optional.empty()
                : signs.stream()
                        .reduce((one, two) -> two.points() > one.points() ? two : one)
                        .map(Sign::reason);
    }

    private static List<Sign> signs(String text) {
        List<Sign> signs = new ArrayList<>();
        Folded folded = Folded.of(text);
        signs.addAll(Commands.in(folded));
        signs.addAll(Phrases.in(folded.text()));
        signs.addAll(Imitations.in(text));
        return signs;
    }
}
