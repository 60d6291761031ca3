package ai.orchestrator.search.local;

import ai.orchestrator.plugin.FailureCode;
import ai.orchestrator.plugin.PluginFailure;
import ai.orchestrator.plugin.document.DocumentLimits;
import ai.orchestrator.plugin.document.DocumentParser;
import ai.orchestrator.plugin.document.ParsedDocument;

/** Reads PDFs that strangers wrote. */
final class PdfParser implements DocumentParser {
    @Override
    public ParsedDocument parse(byte[] content, DocumentLimits limits) {
        try {
            return PdfText.readVisible(content, limits);
        } catch (StoppedException e) {
            throw new PluginFailure.Retriable(FailureCode.TIMEOUT, "The PDF takes too long to read.", e);
        } catch (UnusableDocumentException e) {
            throw new PluginFailure.Permanent(FailureCode.INVALID_REQUEST, "The PDF " + e.getMessage() + ".", e);
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
            // any parser may give up on a file made to break it
            throw new PluginFailure.Permanent(FailureCode.INVALID_REQUEST, "The PDF cannot be parsed.", e);
        }
    }
}
