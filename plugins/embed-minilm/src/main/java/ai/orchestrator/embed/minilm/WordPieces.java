package ai.orchestrator.embed.minilm;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.LongStream;

/**
 * Turns text into the token numbers of a BERT model: each word into the longest pieces that the vocabulary has. Text never
 * becomes one of the model's marks, whatever it says. May be used by many threads at once.
 */
final class WordPieces {
    private static final int UNKNOWN = 100;
    private static final int START = 101;
    private static final int END = 102;
    private static final String INNER = "##";

    /**
     * A text as the model reads it.
     *
     * @param ids token numbers, start and end marks included
     * @param cut whether the text had more tokens than were wanted
     */
    @SuppressWarnings("ArrayRecordComponent") // handed on once, never compared
    record Tokens(long[] ids, boolean cut) {}

    private final Map<String, Integer> first;
    private final Map<String, Integer> inner;

    private WordPieces(Map<String, Integer> first, Map<String, Integer> inner) {
        this.first = first;
        this.inner = inner;
    }

    /** Reads the vocabulary: one piece a line, its number being that of the line. */
    static WordPieces load() throws IOException {
        Map<String, Integer> first = new HashMap<>();
        Map<String, Integer> inner = new HashMap<>();
        try (BufferedReader lines = new BufferedReader(
                new InputStreamReader(MiniLm.open(MiniLm.VOCABULARY_RESOURCE), StandardCharsets.UTF_8))) {
            int number = 0;
            for (String piece = lines.readLine(); piece != null; piece = lines.readLine()) {
                if (piece.startsWith(INNER)) {
                    inner.put(piece.substring(INNER.length()), number);
                } else {
                    first.put(piece, number);
                }
                number++;
            }
        }
        return new WordPieces(first, inner);
    }

    /** The first tokens of a text, at most {@code limit} with the two marks; no more of the text is read than that takes. */
    Tokens tokens(String text, int limit) {
        LongStream.Builder ids = LongStream.builder();
        Room room = new Room(limit - 2);
        ids.add(START);
        BertWords.split(text, word -> {
            for (int id : piecesOf(word)) {
                if (!room.take()) {
                    return false;
                }
                ids.add(id);
            }
            return true;
        });
        ids.add(END);
        return new Tokens(ids.build().toArray(), room.overrun);
    }

    private int[] piecesOf(String word) {
        if (word.codePointCount(0, word.length()) > BertWords.LONGEST_WORD) {
            return new int[] {UNKNOWN};
        }
        int[] ids = new int[word.length()];
        int count = 0;
        int start = 0;
        while (start < word.length()) {
            Map<String, Integer> pieces = start == 0 ? first : inner;
            int end = word.length();
            Integer id = pieces.get(word.substring(start));
            while (id == null && --end > start) {
                id = pieces.get(word.substring(start, end));
            }
            if (id == null) {
                return new int[] {UNKNOWN};
            }
            ids[count++] = id;
            start = end;
        }
        return Arrays.copyOf(ids, count);
    }

    private static final class Room {
        private int left;
        private boolean overrun;

        Room(int left) {
            this.left = left;
        }

        boolean take() {
            overrun = left == 0;
            return left-- > 0;
        }
    }
}
