package ai.orchestrator.server.search.answer;

import static org.assertj.core.api.Assertions.assertThat;

import ai.orchestrator.server.orchestration.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Node;
import org.commonmark.node.Paragraph;
import org.commonmark.node.SoftLineBreak;
import org.commonmark.node.Text;
import org.commonmark.parser.Parser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SourceBlockTest {
    private static final List<Source> SOURCES = List.of(
            new Source(1, "https://a.org/x", "A page"),
            new Source(2, "doc:notes/b.md", "Notes"),
            new Source(3, "http://c.org/", ""));

    private static final List<String> FRAGMENTS = List.of(
            "word",
            " ",
            "\n",
            "\n\n",
            "\r",
            "\t",
            "    ",
            "# ",
            "\n# H",
            "\n---\n",
            "\n===\n",
            "> ",
            "- ",
            "1. ",
            "```",
            "\n```\n",
            "~~~",
            "`",
            "[",
            "]",
            "(",
            ")",
            "!",
            "![x](http://evil.org/a.png)",
            "[x](http://evil.org/)",
            "[x]: http://evil.org/\n",
            "[x]",
            "[1]",
            "[^1]",
            "](",
            "]:",
            "<img src=http://evil.org/>",
            "<",
            ">",
            "<http://evil.org/>",
            "<!--",
            "<script>",
            "\\",
            "\\[",
            "*",
            "**",
            "_",
            "__",
            "~~",
            "|",
            "&#91;",
            "&lt;",
            "&",
            ";",
            "http",
            "https",
            "://",
            ":",
            "//",
            "http://evil.org/",
            "https://evil.org",
            "www",
            ".",
            "www.evil.org",
            "a@evil.org",
            "@",
            "mailto:",
            "ftp://evil.org",
            "evil.org",
            "\u200b",
            "\u202e",
            "\u2028",
            "\u0000",
            "\u0007",
            "\ud83d",
            "\ud83d\ude00",
            "<|im_start|>",
            "[INST]",
            "\u00e9",
            "Sources:");

    /** What readers of Markdown as GitHub has it make links of, in plain text. */
    private static final Pattern LINK =
            Pattern.compile("(?i)(?:https?|ftp)://\\S*|www\\.\\S+|[a-z0-9._+-]+@[a-z0-9]\\S*");

    private static final Pattern ROW = Pattern.compile("\\[(\\d+)] (?:(.*) - )?(\\S*)");

    @Test
    void listsWhatIsCitedInTheOrderOfTheNumbers() {
        assertThat(SourceBlock.of(SOURCES, Set.of(2, 1)))
                .isEqualTo("\n\nSources:\n[1] A page - https://a.org/x\n[2] Notes - doc:notes/b.md");
        assertThat(SourceBlock.of(SOURCES, Set.of(3))).isEqualTo("\n\nSources:\n[3] http://c.org/");
    }

    @Test
    void listsAllWhereNoneIsCited() {
        assertThat(SourceBlock.of(SOURCES, Set.of()).lines()).hasSize(6);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "C++ & Java: <T> in snake_case, 100 % - part 2 | C++ & Java: \u2039T\u203a in snake_case, 100 % - part 2",
                "![x](http://evil.org/a.png) | !(x)(http: //evil.org/a.png)",
                "See www.evil.org or me@evil.org | See www. evil.org or me@ evil.org",
                "__all__ *bold* `code` &lt;b&gt; \\\\[x] | all \u2217bold\u2217 'code' & lt;b& gt; //(x)"
            })
    void aTitleIsPlainWords(String title, String shown) {
        assertThat(SourceBlock.of(List.of(new Source(1, "https://a.org/", title)), Set.of()))
                .endsWith("[1] " + shown + " - https://a.org/");
    }

    @Test
    void aTitleIsOneLineOfNotTooManyCharacters() {
        String title = "a\r\n\u2028\u202eb\u0000" + "\ud83d\ude00".repeat(200);
        assertThat(SourceBlock.of(List.of(new Source(1, "u", title)), Set.of()))
                .endsWith("[1] a b " + "\ud83d\ude00".repeat(116) + "\u2026 - u");
    }

    @ParameterizedTest
    @CsvSource({
        "https://a.org/b_c~d?e=f&g=(h)#i, https://a.org/b_c~d?e=f&g=(h)#i",
        "https://a.org/[x](y) <z>, https://a.org/%5Bx%5D(y)%20%3Cz%3E",
        "https://a.org/\u00e9\u200b, https://a.org/\u00e9%E2%80%8B",
        "https://a.org/_next/__a, https://a.org/%5Fnext/%5F%5Fa",
        "file:///srv/a_b.md, file:///srv/a_b.md",
        "file:///(http://evil.org), file:///(http%3A//evil.org)",
        "doc:a (www.evil.org).md, doc:a%20(www%2Eevil.org).md",
        "doc:(http://evil.org/me@x), doc:(http%3A//evil.org/me%40x)"
    })
    void anAddressIsOneWord(String url, String shown) {
        assertThat(SourceBlock.of(List.of(new Source(1, url, "t")), Set.of())).endsWith("[1] t - " + shown);
    }

    @Property(tries = 5_000)
    void no_title_and_no_address_makes_it_anything_but_a_paragraph(@ForAll("sources") List<Source> sources) {
        String block = SourceBlock.of(sources, Set.of());
        assertThat(block).startsWith("\n\nSources:\n");
        List<String> lines = block.substring(2).lines().toList();
        assertThat(lines).hasSize(sources.size() + 1);
        assertThat(kinds("An answer [1]." + block)).containsOnly(Text.class, SoftLineBreak.class, Paragraph.class);
        for (int i = 0; i < sources.size(); i++) {
            Matcher row = ROW.matcher(lines.get(i + 1));
            assertThat(row.matches()).as(lines.get(i + 1)).isTrue();
            assertThat(row.group(1)).isEqualTo(String.valueOf(sources.get(i).number()));
            assertThat(lines.get(i + 1)).doesNotContainPattern("[\\p{C}\\p{Zl}\\p{Zp}<>`]");
            links(lines.get(i + 1), row.group(3));
        }
    }

    /** No link but to the source itself. */
    private static void links(String line, String address) {
        Matcher link = LINK.matcher(line);
        while (link.find()) {
            assertThat(address).as(line).startsWith("http").endsWith(link.group());
            assertThat(link.start()).as(line).isGreaterThanOrEqualTo(line.length() - address.length());
        }
    }

    private static List<Class<?>> kinds(String markdown) {
        List<Class<?>> kinds = new ArrayList<>();
        Node document = Parser.builder().build().parse(markdown);
        document.accept(new AbstractVisitor() {
            @Override
            protected void visitChildren(Node parent) {
                for (Node child = parent.getFirstChild(); child != null; child = child.getNext()) {
                    kinds.add(child.getClass());
                    child.accept(this);
                }
            }
        });
        return kinds;
    }

    @Provide
    Arbitrary<List<Source>> sources() {
        Arbitrary<String> words = Arbitraries.oneOf(
                Arbitraries.of(FRAGMENTS).list().ofMaxSize(10).map(parts -> String.join("", parts)),
                Arbitraries.strings().ofMaxLength(30));
        Arbitrary<String> urls = Combinators.combine(
                        Arbitraries.of("https://a.org/", "doc:", "http://b.org:8080/", "file:///", ""), words)
                .as((start, rest) -> start + rest);
        return Combinators.combine(words, urls)
                .as((title, url) -> new Source(1, url, title))
                .list()
                .ofMinSize(1)
                .ofMaxSize(3)
                .map(SourceBlockTest::numbered);
    }

    private static List<Source> numbered(List<Source> sources) {
        List<Source> numbered = new ArrayList<>();
        sources.forEach(source -> numbered.add(new Source(numbered.size() + 1, source.url(), source.title())));
        return numbered;
    }
}
