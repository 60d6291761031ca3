package ai.orchestrator.plugin.document;

/**
 * How much of a document is read; what is beyond is left out.
 *
 * @param pages at least 1
 * @param chars of text, at least 1
 */
public record DocumentLimits(int pages, int chars) {
    public DocumentLimits {
        if (pages < 1 || chars < 1) {
            throw new IllegalArgumentException("a document's limits are at least 1");
        }
    }
}
