package ai.orchestrator.search.searxng;

import okhttp3.Headers;

/** A server's reply as it came; the body is empty unless the status is a success. */
@SuppressWarnings("ArrayRecordComponent") // never compared, never changed
record Reply(int status, Headers headers, byte[] body) {
    /** A header's value, or an empty text. */
    String header(String name) {
        String value = headers.get(name);
        return value == null ? "" : value;
    }
}
