package ai.orchestrator.server.search;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * A text's fingerprint of 64 bits, which differs in few of them from that of a text that is nearly the same: the majority of the bits of the hashes of all
 * runs of three words.
 */
record SimHash(long bits) {
    /** Fewer words are alike by chance. */
    private static final int MIN_WORDS = 8;

    private static final int SHINGLE = 3;
    private static final int NEAR = 3;
    private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}]+");

    /** The fingerprint; empty for a text that is too short to have one. */
    static Optional<SimHash> of(String text) {
        List<String> words = WORD.matcher(text.toLowerCase(Locale.ROOT))
                .results()
                .map(MatchResult::group)
                .toList();
        if (words.size() < MIN_WORDS) {
            return Optional.empty();
        }
        int[] votes = new int[Long.SIZE];
        for (int i = 0; i + SHINGLE <= words.size(); i++) {
            long hash = hash(words.subList(i, i + SHINGLE));
            for (int bit = 0; bit < Long.SIZE; bit++) {
                votes[bit] += (hash >>> bit & 1) == 0 ? -1 : 1;
            }
        }
        long bits = 0;
        for (int bit = 0; bit < Long.SIZE; bit++) {
            bits |= votes[bit] > 0 ? 1L << bit : 0;
        }
        return Optional.of(new SimHash(bits));
    }

    /** Whether the texts are nearly the same. */
    boolean isNear(SimHash other) {
        return Long.bitCount(bits ^ other.bits) <= NEAR;
    }

    /** FNV-1a, its bits mixed at the end so that each of them counts. */
    private static long hash(List<String> words) {
        long hash = 0xcbf29ce484222325L;
        for (String word : words) {
            for (int i = 0; i < word.length(); i++) {
                hash = (hash ^ word.charAt(i)) * 0x100000001b3L;
            }
            hash = (hash ^ ' ') * 0x100000001b3L;
        }
        hash = (hash ^ hash >>> 33) * 0xff51afd7ed558ccdL;
        hash = (hash ^ hash >>> 33) * 0xc4ceb9fe1a85ec53L;
        return hash ^ hash >>> 33;
    }
}
