package ai.orchestrator.plugin.cache;

import java.util.HexFormat;

/**
 * Names an entry: an MD5 digest.
 *
 * @param high the digest's first eight bytes, big-endian
 * @param low its last eight bytes, big-endian
 */
public record CacheKey(long high, long low) {
    private static final HexFormat HEX = HexFormat.of();

    /**
     * Reads 32 hexadecimal digits.
     *
     * @throws IllegalArgumentException if the text is anything else
     */
    public static CacheKey parse(String text) {
        if (text.length() != 32) {
            throw new IllegalArgumentException("a cache key has 32 hexadecimal digits");
        }
        return new CacheKey(HexFormat.fromHexDigitsToLong(text, 0, 16), HexFormat.fromHexDigitsToLong(text, 16, 32));
    }

    /** 32 lower-case hexadecimal digits. */
    @Override
    public String toString() {
        return HEX.toHexDigits(high) + HEX.toHexDigits(low);
    }
}
