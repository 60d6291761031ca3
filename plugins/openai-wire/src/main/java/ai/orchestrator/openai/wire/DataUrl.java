package ai.orchestrator.openai.wire;

import ai.orchestrator.plugin.FailureCode;
import ai.orchestrator.plugin.PluginFailure;
import ai.orchestrator.plugin.model.Image;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Images as the wire carries them. */
final class DataUrl {
    private DataUrl() {}

    /** @throws PluginFailure if the bytes are not of a kind that models read */
    static String of(Image image) {
        return "data:" + mediaType(image.data()) + ";base64,"
                + Base64.getEncoder().encodeToString(image.data());
    }

    private static String mediaType(byte[] data) {
        // one character a byte, so that the marks of binary formats can be compared as text
        String head = new String(data, 0, Math.min(12, data.length), StandardCharsets.ISO_8859_1);
        if (head.startsWith("\u0089PNG")) {
            return "image/png";
        }
        if (head.startsWith("\u00ff\u00d8\u00ff")) {
            return "image/jpeg";
        }
        if (head.startsWith("GIF8")) {
            return "image/gif";
        }
        if (head.startsWith("RIFF") && head.endsWith("WEBP")) {
            return "image/webp";
        }
        throw new PluginFailure.Permanent(
                FailureCode.INVALID_REQUEST, "an image is none of PNG, JPEG, GIF and WebP, which this model reads");
    }
}
