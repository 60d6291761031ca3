package ai.orchestrator.search.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ai.orchestrator.plugin.search.SearchEngine;
import ai.orchestrator.testkit.Eventually;
import ai.orchestrator.testkit.LogRecorder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PdfTextTest {
    @TempDir
    Path home;

    @Test
    void readsTitleAndPages() throws Exception {
        Document document = PdfText.read(Pdfs.pages("Tide tables", "High water at noon.", "Low water at six."));

        assertThat(document.title()).contains("Tide tables");
        assertThat(document.body()).contains("High water at noon.", "Low water at six.");
    }

    @Test
    void readsWhatEverybodyMayOpen() throws Exception {
        assertThat(PdfText.read(Pdfs.encrypted("High water at noon.", "")).body())
                .contains("High water at noon.");
    }

    @Test
    void saysWhyItCannotBeRead() throws Exception {
        assertRefused(Pdfs.encrypted("High water at noon.", "secret"), "is encrypted");
        assertRefused(Pdfs.pages("A scan", ""), "holds no text, as a scan does");
        assertRefused("%PDF-1.7\nnothing of the kind".getBytes(StandardCharsets.US_ASCII), "cannot be parsed");
        assertRefused("High water at noon.".getBytes(StandardCharsets.US_ASCII), "is not a PDF");
        assertRefused(Pdfs.bomb(40), "unpacks to far more than any text");
    }

    @Test
    void givesUpOnBrokenOnesWithoutHarm() throws Exception {
        byte[] whole = Pdfs.pages("Tide tables", "High water at noon.");
        Random random = new Random(11);
        for (int i = 0; i < 200; i++) {
            byte[] broken = Arrays.copyOf(whole, 20 + random.nextInt(whole.length - 20));
            for (int j = 0; j < 10; j++) {
                broken[10 + random.nextInt(broken.length - 10)] = (byte) random.nextInt();
            }
            assertThatCode(() -> {
                        try {
                            DocumentReader.read(DocumentType.PDF, broken);
                        } catch (UnusableDocumentException e) {
                            assertThat(e.getMessage()).isNotBlank();
                        }
                    })
                    .doesNotThrowAnyException();
        }
    }

    @Test
    void findsPdfsAndLeavesOutBrokenOnes() throws Exception {
        Library library = new Library(home)
                .add("tide.pdf", Pdfs.pages("Tide tables", "High water at noon."))
                .add("broken.PDF", "%PDF-1.7 broken".getBytes(StandardCharsets.US_ASCII));
        try (LogRecorder logged = new LogRecorder(LocalSearchFactory.class);
                SearchEngine engine = library.open()) {
            assertThat(engine.search(Library.query("high water")))
                    .singleElement()
                    .satisfies(hit -> {
                        assertThat(hit.url()).isEqualTo("doc:tide.pdf");
                        assertThat(hit.title()).isEqualTo("Tide tables");
                        assertThat(hit.snippet()).contains("High water at noon.");
                    });

            library.add("broken.PDF", Pdfs.pages("Mended", "Spring tide."));
            Eventually.await(
                    "the mended file", () -> Library.urls(engine, "spring").contains("doc:broken.PDF"));
            assertThat(logged.linesWith("left out")).singleElement().asString().contains("broken.PDF cannot be parsed");
        }
    }

    private static void assertRefused(byte[] content, String message) {
        assertThatExceptionOfType(UnusableDocumentException.class)
                .isThrownBy(() -> DocumentReader.read(DocumentType.PDF, content))
                .withMessage(message);
    }
}
