package ai.orchestrator.search.local;

import java.util.Locale;
import java.util.Optional;

/** The kinds of file that are read, told by the ends of their names. */
enum DocumentType {
    MARKDOWN,
    TEXT,
    HTML,
    PDF;

    /** The type by the name, if it is one that is read. */
    static Optional<DocumentType> of(String fileName) {
        String name = fileName.toLowerCase(Locale.ROOT);
        return switch (name.substring(name.lastIndexOf('.') + 1)) {
            case "md", "markdown" -> Optional.of(MARKDOWN);
            case "txt", "text" -> Optional.of(TEXT);
            case "html", "htm", "xhtml" -> Optional.of(HTML);
            case "pdf" -> Optional.of(PDF);
            default -> Optional.empty();
        };
    }
}
