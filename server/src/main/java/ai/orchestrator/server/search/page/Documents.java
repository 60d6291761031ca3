package ai.orchestrator.server.search.page;

import ai.orchestrator.plugin.PluginFailure;
import ai.orchestrator.plugin.document.DocumentLimits;
import ai.orchestrator.plugin.document.DocumentParser;
import ai.orchestrator.plugin.document.ParsedDocument;
import ai.orchestrator.server.web.FetchedPage;
import ai.orchestrator.server.web.PageFailure;
import ai.orchestrator.server.web.PageFailure.Kind;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads pages that are documents, by the parsers of plugins. */
public final class Documents {
    private static final Logger LOG = LoggerFactory.getLogger(Documents.class);

    /** What is read of a document. */
    static final DocumentLimits LIMITS = new DocumentLimits(50, 200_000);

    private final Map<String, DocumentParser> parsers;
    private final ParsingThreads threads = new ParsingThreads("document");

    /** @param parsers by the media type of what they read */
    public Documents(Map<String, DocumentParser> parsers) {
        this.parsers = Map.copyOf(parsers);
    }

    /** Can read no document. */
    public static Documents none() {
        return new Documents(Map.of());
    }

    /** The media types that can be read. */
    public Set<String> types() {
        return parsers.keySet();
    }

    /** Whether the page is a document that can be read. */
    boolean read(FetchedPage page) {
        return parsers.containsKey(page.type());
    }

    /**
     * What a page says that is a document.
     *
     * @throws PageFailure if it cannot be read, or not in time
     */
    ParsedDocument parse(FetchedPage page, Duration within) {
        DocumentParser parser = parsers.get(page.type());
        if (parser == null) {
            throw new PageFailure(Kind.WRONG_TYPE, "The page is of a type that is not read.");
        }
        try {
            return threads.run(() -> parser.parse(page.body(), LIMITS), within);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof PluginFailure failure) {
                throw new PageFailure(Kind.UNREADABLE, failure.getMessage());
            }
            LOG.warn("a document could not be read by a fault of its parser", e.getCause());
            throw new PageFailure(Kind.UNREADABLE, "The document cannot be read.");
        }
    }
}
