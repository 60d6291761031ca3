package ai.orchestrator.server.http.openai;

import ai.orchestrator.plugin.model.Image;
import ai.orchestrator.server.http.HttpProblem;
import java.util.Base64;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads images out of {@code data:} URIs. */
public final class ImageUrl {
    /** Ollama takes an image of no said type, too. */
    private static final Pattern DATA = Pattern.compile("data:(?:image/(?:jpeg|jpg|png|webp))?;base64,");

    private ImageUrl() {}

    /**
     * The image of a URI.
     *
     * @throws HttpProblem if it is another URL, or holds no image
     */
    public static Image read(String url) {
        String start =
                url.substring(0, Math.min(url.length(), "https://".length())).toLowerCase(Locale.ROOT);
        if (start.startsWith("http://") || start.startsWith("https://")) {
            throw HttpProblem.badRequest(
                    "image URLs are not currently supported, please use base64 encoded data instead");
        }
        Matcher prefix = DATA.matcher(url);
        if (!prefix.lookingAt()) {
            throw HttpProblem.badRequest("invalid image input");
        }
        try {
            return new Image(Base64.getDecoder().decode(url.substring(prefix.end())));
        } catch (IllegalArgumentException e) {
            throw HttpProblem.badRequest("invalid image input");
        }
    }
}
