package ai.orchestrator.server.search.page;

import ai.orchestrator.server.unicode.PlainText;
import ai.orchestrator.server.web.FetchedPage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import net.dankito.readability4j.Readability4J;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a page says to its readers, without menus and the like. */
final class MainText {
    private static final Logger LOG = LoggerFactory.getLogger(MainText.class);

    /** A page of more elements than this is taken as it is: finding its main part would take too long. */
    private static final int MOST_ELEMENTS = 20_000;

    /** A main part of less than this, in characters, is not what was looked for. */
    private static final int LEAST = 200;

    private static final String AROUND =
            "nav, header, footer, aside, menu, [role=navigation], [role=banner], [role=contentinfo]";
    private static final Pattern LINE_GAP = Pattern.compile("(?:\\r\\n?|\\n)[ \\t]*(?:\\r\\n?|\\n)");

    private MainText() {}

    /** One line of plain text for each paragraph, heading or item. */
    static List<String> of(FetchedPage page) {
        return isHtml(page) ? ofHtml(page) : ofText(new String(page.body(), charset(page)));
    }

    /** The same, of a text with empty lines between its paragraphs. */
    static List<String> ofText(String text) {
        return LINE_GAP.splitAsStream(text)
                .map(PlainText::of)
                .filter(block -> !block.isEmpty())
                .toList();
    }

    static boolean isHtml(FetchedPage page) {
        return page.type().equals("text/html") || page.type().equals("application/xhtml+xml");
    }

    private static Charset charset(FetchedPage page) {
        return page.charset().map(Charset::forName).orElse(StandardCharsets.UTF_8);
    }

    private static List<String> ofHtml(FetchedPage page) {
        Document document = parse(page);
        HiddenText.remove(document);
        Element body = document.body();
        List<String> whole = Blocks.of(body);
        List<String> main = main(document, page.url());
        if (length(main) >= LEAST) {
            return main;
        }
        body.select(AROUND).remove();
        List<String> inner = Blocks.of(body);
        return inner.isEmpty() ? whole : inner;
    }

    static Document parse(FetchedPage page) {
        try (ByteArrayInputStream body = new ByteArrayInputStream(page.body())) {
            return Jsoup.parse(body, page.charset().orElse(null), page.url());
        } catch (IOException | IllegalArgumentException e) {
            return Jsoup.parse(new String(page.body(), charset(page)), page.url());
        }
    }

    private static List<String> main(Document document, String url) {
        if (document.getAllElements().size() > MOST_ELEMENTS) {
            return List.of();
        }
        try {
            return Optional.ofNullable(
                            new Readability4J(url, document.clone()).parse().getArticleContent())
                    .map(Blocks::of)
                    .orElse(List.of());
        } catch (RuntimeException e) {
            LOG.debug("the main part of {} was not found", url, e);
            return List.of();
        }
    }

    private static int length(List<String> blocks) {
        return blocks.stream().mapToInt(String::length).sum();
    }
}
