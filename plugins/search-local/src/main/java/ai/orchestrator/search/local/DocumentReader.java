package ai.orchestrator.search.local;

import java.io.IOException;
import java.util.Optional;

/** Gets the words out of a file's content. */
final class DocumentReader {
    private DocumentReader() {}

    /** The words of a file of this type. */
    static Document read(DocumentType type, byte[] content) throws IOException, UnusableDocumentException {
        try {
            return switch (type) {
                case TEXT -> new Document(Optional.empty(), TextDecoder.decode(content));
                case MARKDOWN -> MarkdownText.read(TextDecoder.decode(content));
                case HTML -> HtmlText.read(content);
                case PDF -> PdfText.read(content);
            };
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
            // any parser may give up on a file made to break it
            throw new UnusableDocumentException("cannot be parsed");
        }
    }
}
