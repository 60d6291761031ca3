package ai.orchestrator.search.local;

import ai.orchestrator.plugin.document.DocumentLimits;
import ai.orchestrator.plugin.document.ParsedDocument;
import java.io.IOException;
import java.io.StringWriter;
import java.time.Duration;
import java.util.Optional;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDDocumentInformation;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.encryption.InvalidPasswordException;
import org.apache.pdfbox.pdmodel.font.FontMappers;
import org.apache.pdfbox.text.PDFTextStripper;

/** Reads the text of a PDF's pages. Text that is only drawn, as in a scan, is none. */
final class PdfText {
    private static final Duration LONGEST = Duration.ofSeconds(30);

    /** In characters. */
    private static final int MOST_TEXT = 8 << 20;

    static {
        // by default the machine's fonts are searched through and a list of them is written to the user's home
        FontMappers.set(new BundledFont());
    }

    private PdfText() {}

    /** Its title is the one that it declares. */
    static Document read(byte[] content) throws UnusableDocumentException {
        if (!PdfBytes.isPdf(content)) {
            throw new UnusableDocumentException("is not a PDF");
        }
        if (PdfBytes.isBomb(content)) {
            throw new UnusableDocumentException("unpacks to far more than any text");
        }
        try (PDDocument pdf = Loader.loadPDF(content)) {
            String text = text(pdf);
            if (text.isBlank()) {
                throw new UnusableDocumentException("holds no text, as a scan does");
            }
            return new Document(title(pdf.getDocumentInformation()), text);
        } catch (InvalidPasswordException e) {
            throw new UnusableDocumentException("is encrypted");
        } catch (IOException e) {
            throw new UnusableDocumentException("cannot be parsed");
        }
    }

    /**
     * The text that readers see of a document that a stranger wrote.
     *
     * @throws StoppedException if the thread is interrupted
     */
    static ParsedDocument readVisible(byte[] content, DocumentLimits limits) throws UnusableDocumentException {
        if (!PdfBytes.isPdf(content)) {
            throw new UnusableDocumentException("is none, whatever its server says");
        }
        PdfStreams.check(content);
        try (PDDocument pdf = Loader.loadPDF(new StoppableBytes(content))) {
            StringWriter text = new StringWriter();
            new VisibleText(limits, new Layers(pdf)).writeText(pdf, text);
            if (text.toString().isBlank()) {
                throw new UnusableDocumentException("holds no text that can be seen, as a scan does");
            }
            return new ParsedDocument(title(pdf.getDocumentInformation()), text.toString());
        } catch (InvalidPasswordException e) {
            throw new UnusableDocumentException("is encrypted");
        } catch (IOException e) {
            throw new UnusableDocumentException("cannot be parsed");
        }
    }

    private static String text(PDDocument pdf) throws IOException {
        StringWriter text = new StringWriter();
        new Stripper(text).writeText(pdf, text);
        return text.toString();
    }

    private static Optional<String> title(PDDocumentInformation information) {
        return Optional.ofNullable(information.getTitle());
    }

    /** Gives up on what takes too long or has no end. */
    private static final class Stripper extends PDFTextStripper {
        private final long end = System.nanoTime() + LONGEST.toNanos();
        private final StringWriter text;

        Stripper(StringWriter text) {
            this.text = text;
        }

        @Override
        public void processPage(PDPage page) throws IOException {
            if (System.nanoTime() - end > 0 || text.getBuffer().length() > MOST_TEXT) {
                throw new IOException("too much of it");
            }
            super.processPage(page);
        }
    }
}
