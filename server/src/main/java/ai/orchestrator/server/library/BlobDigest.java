package ai.orchestrator.server.library;

import ai.orchestrator.server.digest.Digests;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The SHA-256 sum that names a blob.
 *
 * @param hex 64 lower-case hexadecimal digits
 */
record BlobDigest(String hex) {
    private static final Pattern FORM = Pattern.compile("sha256[:-]([0-9a-f]{64})");
    private static final int SHORT = 12;

    /** A digest as manifests and file names have it; empty if the text is none. */
    static Optional<BlobDigest> parse(String text) {
        Matcher form = FORM.matcher(text);
        return form.matches() ? Optional.of(new BlobDigest(form.group(1))) : Optional.empty();
    }

    /** The digest of some bytes. */
    static BlobDigest of(byte[] bytes) {
        return new BlobDigest(HexFormat.of().formatHex(Digests.sha256().digest(bytes)));
    }

    String fileName() {
        return "sha256-" + hex;
    }

    /** The beginning, as progress lines show it. */
    String brief() {
        return hex.substring(0, SHORT);
    }

    @Override
    public String toString() {
        return "sha256:" + hex;
    }
}
