package ai.orchestrator.search.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class DocumentReaderTest {
    @Test
    void readsMarkdownAsItReads() throws Exception {
        Document document = read(DocumentType.MARKDOWN, """
                Intro with a [link](https://example.org) and `code`.

                ## Back *ups* &amp; more ##

                | Day | Tape |
                |-----|------|
                | Mon | A    |

                <!-- hidden --> <span hidden>unseen</span>

                ```
                # not a heading
                ```
                """);

        assertThat(document.title()).contains("Back ups & more");
        assertThat(document.body())
                .contains("Intro with a link and code.", "Mon A", "# not a heading")
                .doesNotContain("hidden", "unseen", "https://example.org", "|");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "---\ntitle: Tape rotation\ntags: [a]\n---\n# Other\n",
                "---\nlang: en\ntitle:   \"Tape rotation\"  \n...\ntext",
                "---\r\ntitle: 'Tape rotation'\r\n---\r\ntext",
                "Tape rotation\n=============\ntext",
                "# Tape rotation\n# Other"
            })
    void takesTheTitleFromFrontMatterOrTheFirstHeading(String markdown) throws Exception {
        assertThat(read(DocumentType.MARKDOWN, markdown).title()).contains("Tape rotation");
    }

    @Test
    void shortensALineThatIsNoTitle() throws Exception {
        assertThat(read(DocumentType.MARKDOWN, "# " + "long ".repeat(1_000)).title())
                .hasValueSatisfying(title -> assertThat(title).hasSize(200).endsWith("…"));
        assertThat(read(DocumentType.MARKDOWN, "# x" + "😀".repeat(1_000)).title())
                .hasValueSatisfying(title -> assertThat(title).doesNotContainPattern("\\p{Cs}"));
    }

    @Test
    void takesWhatStandsBetweenTwoRulesForText() throws Exception {
        assertThat(read(DocumentType.MARKDOWN, "---\nBetween the rules.\n\n---\nAfter.")
                        .body())
                .contains("Between the rules.", "After.");
    }

    @Test
    void readsWhatAReaderOfAPageSees() throws Exception {
        Document document = read(DocumentType.HTML, """
                <html><head><title> Tide
                 tables </title><style>p { color: red }</style><script>var unseen = 1</script></head>
                <body><h1>Heading</h1><p>Seen &lt;once&gt;.</p><!-- unseen --><p hidden>unseen</p>
                <div style="color:red; DISPLAY : none">unseen</div><p style="visibility:hidden">unseen</p>
                <p style="font-size:0px">unseen</p><p style="font-size:0.9em">small</p><p aria-hidden="true">unseen</p>
                <noscript>unseen</noscript><template>unseen</template><iframe>unseen</iframe><svg><text>unseen</text></svg>
                </body></html>
                """);

        assertThat(document.title()).contains("Tide tables");
        assertThat(document.body()).contains("Seen <once>.", "small").doesNotContain("unseen", "color");
    }

    @Test
    void namesAPageByItsHeadingIfItHasNoTitle() throws Exception {
        assertThat(read(DocumentType.HTML, "<h2>Tide <i>tables</i></h2>").title())
                .contains("Tide tables");
        assertThat(read(DocumentType.HTML, "<p>text").title()).isEmpty();
    }

    @Test
    void readsTextAsItIs() throws Exception {
        Document document = read(DocumentType.TEXT, "# not a <b>title</b>\nsecond\tline\u0007");

        assertThat(document.title()).isEmpty();
        assertThat(document.body()).isEqualTo("# not a <b>title</b>\nsecond line ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-8", "windows-1252", "UTF-16"})
    void findsTheEncodingOut(String charset) throws Exception {
        byte[] content = "Ebbe für Gäste".getBytes(Charset.forName(charset));

        assertThat(DocumentReader.read(DocumentType.TEXT, content).body()).isEqualTo("Ebbe für Gäste");
    }

    @Test
    void dropsTheMarkOfUtf8() throws Exception {
        assertThat(read(DocumentType.MARKDOWN, "\uFEFF# Title").title()).contains("Title");
    }

    @Test
    void readsAPageInTheEncodingItDeclares() throws Exception {
        byte[] page = "<meta charset=shift_jis><title>潮汐表</title>".getBytes(Charset.forName("Shift_JIS"));

        assertThat(DocumentReader.read(DocumentType.HTML, page).title()).contains("潮汐表");
    }

    @ParameterizedTest
    @EnumSource(value = DocumentType.class, names = "PDF", mode = EnumSource.Mode.EXCLUDE)
    void refusesWhatIsNotText(DocumentType type) {
        byte[] garbage = new byte[10_000];
        new Random(7).nextBytes(garbage);

        assertThatExceptionOfType(UnusableDocumentException.class)
                .isThrownBy(() -> DocumentReader.read(type, garbage))
                .withMessage("is not text");
    }

    @ParameterizedTest
    @ValueSource(strings = {">", "*a _b ", "[", "<div>", "- ", "![", "`a ", "|a"})
    void survivesNestingWithoutEnd(String opening) throws Exception {
        String deep = opening.repeat(50_000) + " tide";

        assertThat(read(DocumentType.MARKDOWN, deep).body()).contains("tide");
        assertThat(read(DocumentType.HTML, deep).body()).contains("tide");
    }

    @ParameterizedTest
    @EnumSource(value = DocumentType.class, names = "PDF", mode = EnumSource.Mode.EXCLUDE)
    void readsAnEmptyFile(DocumentType type) throws Exception {
        assertThat(read(type, "")).isEqualTo(new Document(java.util.Optional.empty(), ""));
    }

    private static Document read(DocumentType type, String content) throws IOException, UnusableDocumentException {
        return DocumentReader.read(type, content.getBytes(StandardCharsets.UTF_8));
    }
}
