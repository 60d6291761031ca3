package ai.orchestrator.plugin.search;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * One result.
 *
 * @param url an absolute URL: {@code http}, {@code https}, or {@code doc:} for a document of this machine
 * @param title plain text
 * @param snippet plain text that tells why the document matches; may be empty
 * @param publishedAt when the document appeared or last changed
 * @param score the engine's own score, comparable only within one answer of this engine
 * @param vector of the document, where the engine is a {@link VectorKeeper} and has it
 */
public record SearchHit(
        String url,
        String title,
        String snippet,
        Optional<Instant> publishedAt,
        OptionalDouble score,
        Optional<float[]> vector) {
    /** A result without a vector. */
    public SearchHit(String url, String title, String snippet, Optional<Instant> publishedAt, OptionalDouble score) {
        this(url, title, snippet, publishedAt, score, Optional.empty());
    }
}
