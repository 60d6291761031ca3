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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads pages that are documents, by the parsers of plugins. A parser that does not come to an end is interrupted and no longer waited for; one that
 * does not heed that keeps a thread, of which there are never more than two.
 */
public final class Documents {
    private static final Logger LOG = LoggerFactory.getLogger(Documents.class);

    /** What is read of a document. */
    static final DocumentLimits LIMITS = new DocumentLimits(50, 200_000);

    /** Documents that are parsed at once: parsing takes a processor, and memory that others need, too. */
    private static final int AT_ONCE = 2;

    private final Map<String, DocumentParser> parsers;
    private final Semaphore turns = new Semaphore(AT_ONCE, true);

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
        long end = System.nanoTime() + within.toNanos();
        try {
            if (!turns.tryAcquire(within.toNanos(), TimeUnit.NANOSECONDS)) {
                throw new PageFailure(Kind.TIMEOUT, "Too many documents are being read at once.");
            }
            CompletableFuture<ParsedDocument> parsed = new CompletableFuture<>();
            // not a virtual one: a parser that computes for seconds would keep others from running
            Thread thread = Thread.ofPlatform().daemon().name("document").start(() -> run(parser, page, parsed));
            return await(parsed, thread, end - System.nanoTime());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PageFailure(Kind.CANCELLED, "The page is no longer waited for.");
        }
    }

    private void run(DocumentParser parser, FetchedPage page, CompletableFuture<ParsedDocument> parsed) {
        try {
            parsed.complete(parser.parse(page.body(), LIMITS));
        } catch (Throwable e) {
            parsed.completeExceptionally(e);
        } finally {
            turns.release();
        }
    }

    private static ParsedDocument await(CompletableFuture<ParsedDocument> parsed, Thread thread, long nanos)
            throws InterruptedException {
        try {
            return parsed.get(nanos, TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw new PageFailure(Kind.TIMEOUT, "The document could not be read in time.");
        } catch (ExecutionException e) {
            if (e.getCause() instanceof PluginFailure failure) {
                throw new PageFailure(Kind.UNREADABLE, failure.getMessage());
            }
            LOG.warn("a document could not be read by a fault of its parser", e.getCause());
            throw new PageFailure(Kind.UNREADABLE, "The document cannot be read.");
        } finally {
            thread.interrupt();
        }
    }
}
