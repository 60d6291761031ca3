package ai.orchestrator.search.local;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Element;

/** Reads what a reader of an HTML page would see. */
final class HtmlText {
    private static final String UNSEEN =
            "script, style, noscript, template, svg, iframe, object, [hidden], [aria-hidden=true]";
    private static final Pattern HIDING_STYLE = Pattern.compile(
            "(?i)display\\s*:\\s*none|visibility\\s*:\\s*(hidden|collapse)|(font-size|opacity)\\s*:\\s*0(\\.0*)?(?![.\\d])");

    private HtmlText() {}

    /** A file's content, in the encoding that it declares, else UTF-8. */
    static Document read(byte[] content) throws IOException, UnusableDocumentException {
        TextDecoder.refuseBinary(content);
        return read(Jsoup.parse(new ByteArrayInputStream(content), null, ""));
    }

    /** Its title is the page's title, else the first heading. */
    static Document read(org.jsoup.nodes.Document page) {
        page.select(UNSEEN).remove();
        page.select("[style]").stream()
                .filter(element -> HIDING_STYLE.matcher(element.attr("style")).find())
                .forEach(Element::remove);
        Optional<String> title = Stream.concat(
                        Stream.of(page.title()),
                        page.select("h1, h2, h3, h4, h5, h6").stream().map(Element::text))
                .filter(text -> !text.isBlank())
                .findFirst();
        return new Document(title, page.body().text());
    }
}
