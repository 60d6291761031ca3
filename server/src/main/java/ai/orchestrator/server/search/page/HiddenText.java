package ai.orchestrator.server.search.page;

import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.select.Selector.SelectorParseException;

/** Takes out of a page what its readers do not see, which is where instructions for machines are put. */
final class HiddenText {
    private static final String NEVER_SHOWN =
            "title, script, style, noscript, template, svg, math annotation, iframe, frame, object,"
                    + " embed, applet, canvas, audio, video, picture, img, map, head, input, textarea, select, option, datalist, button,"
                    + " dialog:not([open]), [hidden], [aria-hidden=true], [inert]";

    /** Elements that pages hide while they load, and show later. */
    private static final String WHOLE = "html, body, main, article";

    private static final Pattern RULE = Pattern.compile("([^{}]{1,500})\\{([^{}]{0,2000})}");
    private static final Pattern CSS_COMMENT = Pattern.compile("/\\*.*?(?:\\*/|$)", Pattern.DOTALL);
    private static final int MOST_RULES = 200;

    private HiddenText() {}

    static void remove(Document page) {
        for (Element sheet : page.select("style")) {
            RULE.matcher(CSS_COMMENT.matcher(sheet.data()).replaceAll(""))
                    .results()
                    .filter(rule -> HiddenStyle.hides(rule.group(2)))
                    .limit(MOST_RULES)
                    .forEach(rule -> remove(page, rule));
        }
        page.select(NEVER_SHOWN).remove();
        for (Element element : page.select("[style]")) {
            if (HiddenStyle.hides(element.attr("style"))) {
                element.remove();
            }
        }
        for (Element element : page.select("font[color], [bgcolor]")) {
            if (element.hasAttr("color") && element.attr("color").equalsIgnoreCase(ground(element))) {
                element.remove();
            }
        }
    }

    private static void remove(Document page, MatchResult rule) {
        String selector = rule.group(1).strip();
        if (selector.startsWith("@") || selector.contains(":")) {
            return;
        }
        try {
            page.select(selector).not(WHOLE).remove();
        } catch (SelectorParseException | IllegalArgumentException e) {
            // a rule that cannot be read hides nothing that we know of
        }
    }

    private static String ground(Element element) {
        return element.parents().stream()
                .map(parent -> parent.attr("bgcolor"))
                .filter(colour -> !colour.isEmpty())
                .findFirst()
                .orElse("#ffffff");
    }
}
