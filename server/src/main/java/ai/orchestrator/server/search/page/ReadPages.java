package ai.orchestrator.server.search.page;

import ai.orchestrator.plugin.document.ParsedDocument;
import ai.orchestrator.server.orchestration.WebPages;
import ai.orchestrator.server.search.page.PageReader.Pages;
import ai.orchestrator.server.unicode.PlainText;
import ai.orchestrator.server.web.FetchedPage;
import ai.orchestrator.server.web.PageFailure;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the pages that clients ask for: title, main text and links. */
public final class ReadPages implements WebPages {
    private static final Logger LOG = LoggerFactory.getLogger(ReadPages.class);
    private static final Duration LONGEST = Duration.ofSeconds(10);
    private static final int MOST_LINKS = 200;
    private static final int LONGEST_TITLE = 300;

    private final Pages source;
    private final Documents documents;
    private final ParsingThreads parsing = new ParsingThreads("web-fetch");

    /** From a source of pages. */
    public ReadPages(Pages source, Documents documents) {
        this.source = source;
        this.documents = documents;
    }

    @Override
    public Fetched fetch(String url) {
        long end = System.nanoTime() + LONGEST.toNanos();
        try {
            FetchedPage page = source.fetch(url, LONGEST);
            Duration left = Duration.ofNanos(end - System.nanoTime());
            return documents.read(page) ? read(documents.parse(page, left)) : parsing.run(() -> read(page), left);
        } catch (ExecutionException e) {
            LOG.warn("a page could not be read by a fault of this server", e);
            return new Fetched.Failed("The page cannot be read.");
        } catch (PageFailure e) {
            return switch (e.kind()) {
                case BAD_URL, PRIVATE_ADDRESS, REDIRECT, ROBOTS -> new Fetched.Refused(String.valueOf(e.getMessage()));
                default -> new Fetched.Failed(String.valueOf(e.getMessage()));
            };
        }
    }

    private static Fetched read(ParsedDocument document) {
        String title = document.title().map(PlainText::of).orElse("");
        return new Fetched.Page(
                PlainText.cut(title, LONGEST_TITLE), String.join("\n", MainText.ofText(document.text())), List.of());
    }

    private static Fetched read(FetchedPage page) {
        String text = String.join("\n", MainText.of(page));
        if (!MainText.isHtml(page)) {
            return new Fetched.Page("", text, List.of());
        }
        Document document = MainText.parse(page);
        String title = PlainText.cut(PlainText.of(document.title()), LONGEST_TITLE);
        HiddenText.remove(document);
        return new Fetched.Page(title, text, links(document));
    }

    private static List<String> links(Document document) {
        return document.select("a[href]").stream()
                .map((Element link) -> link.absUrl("href"))
                .filter(link -> link.startsWith("http://") || link.startsWith("https://"))
                .distinct()
                .limit(MOST_LINKS)
                .toList();
    }
}
