package ai.orchestrator.server.search.page;

import ai.orchestrator.server.unicode.PlainText;
import java.util.ArrayList;
import java.util.List;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jsoup.select.NodeVisitor;

/** The paragraphs, headings, items and cells of an element, one line of plain text each. */
final class Blocks implements NodeVisitor {
    private final List<String> blocks = new ArrayList<>();
    private final StringBuilder open = new StringBuilder();

    private Blocks() {}

    static List<String> of(Element element) {
        Blocks blocks = new Blocks();
        element.traverse(blocks);
        blocks.close();
        return blocks.blocks;
    }

    @Override
    public void head(Node node, int depth) {
        if (node instanceof TextNode text) {
            open.append(text.getWholeText());
        } else if (node instanceof Element element) {
            boundary(element);
        }
    }

    @Override
    public void tail(Node node, int depth) {
        if (node instanceof Element element) {
            boundary(element);
        }
    }

    private void boundary(Element element) {
        if (element.isBlock() || element.nameIs("br")) {
            close();
        } else if (element.nameIs("td") || element.nameIs("th")) {
            open.append(' ');
        }
    }

    private void close() {
        String text = PlainText.of(open.toString());
        open.setLength(0);
        if (!text.isEmpty()) {
            blocks.add(text);
        }
    }
}
