package ai.orchestrator.search.local;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.commonmark.Extension;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.HtmlRenderer;
import org.jsoup.Jsoup;

/** Reads Markdown by way of the HTML it stands for, so that HTML inside it is treated alike. */
final class MarkdownText {
    /** Begins with a key, unlike what stands between two rules. */
    private static final Pattern FRONT_MATTER = Pattern.compile(
            "\\A---[ \\t]*\\R(?=[\\w-]+:)(.*?)^(?:---|\\.\\.\\.)[ \\t]*$", Pattern.DOTALL | Pattern.MULTILINE);

    private static final Pattern TITLE = Pattern.compile("^title:(.+)$", Pattern.MULTILINE);
    private static final Pattern QUOTED = Pattern.compile("^([\"'])(.*)\\1$");
    private static final List<Extension> EXTENSIONS = List.of(TablesExtension.create());
    private static final Parser PARSER = Parser.builder().extensions(EXTENSIONS).build();
    private static final HtmlRenderer RENDERER =
            HtmlRenderer.builder().extensions(EXTENSIONS).build();

    private MarkdownText() {}

    /** Its title is the front matter's, else the first heading. */
    static Document read(String markdown) {
        Matcher frontMatter = FRONT_MATTER.matcher(markdown);
        boolean hasFrontMatter = frontMatter.find();
        String text = hasFrontMatter ? markdown.substring(frontMatter.end()) : markdown;
        Optional<String> declared = hasFrontMatter ? title(frontMatter.group(1)) : Optional.empty();
        Document document = HtmlText.read(Jsoup.parse(RENDERER.render(PARSER.parse(text))));
        return new Document(declared.or(document::title), document.body());
    }

    private static Optional<String> title(String frontMatter) {
        Matcher title = TITLE.matcher(frontMatter);
        return title.find() ? Optional.of(QUOTED.matcher(title.group(1).strip()).replaceFirst("$2")) : Optional.empty();
    }
}
