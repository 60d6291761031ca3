package ai.orchestrator.cache.sqlite;

/**
 * An answer of the older service's, on its way into the file.
 *
 * @param key the sixteen bytes of its MD5 digest
 * @param createdAt milliseconds since 1970
 * @param expiresAt milliseconds since 1970
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record OldReplyRow(byte[] key, String json, long createdAt, long expiresAt) {
    /** About what a row takes beside the text: itself, and its places in three indexes. */
    static final int OVERHEAD = 100;

    long size() {
        return OVERHEAD + json.length();
    }
}
