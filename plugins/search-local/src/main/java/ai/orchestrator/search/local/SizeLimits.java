package ai.orchestrator.search.local;

/**
 * How large files may be.
 *
 * @param file in bytes, for all but PDFs
 * @param pdf in bytes; most of a PDF is not text
 */
record SizeLimits(int file, int pdf) {
    /** For a file of this type. */
    int of(DocumentType type) {
        return type == DocumentType.PDF ? pdf : file;
    }

    /** What is wrong with a larger file of this type; goes on after its name. */
    static String exceeded(DocumentType type) {
        return "is larger than " + (type == DocumentType.PDF ? "max_pdf_size" : "max_file_size");
    }
}
