package ai.orchestrator.plugin.document;

import ai.orchestrator.plugin.PluginService;

/** Gets the text out of documents. They are somebody else's, and may be made to do harm. */
public interface DocumentParser extends PluginService {
    /**
     * What a reader of the document sees of its text. Nothing that the document refers to is fetched and nothing in it is run. Stops soon after its
     * thread is interrupted, and throws then.
     *
     * @param content the whole document
     * @throws ai.orchestrator.plugin.PluginFailure if it cannot be read; the message is a sentence that tells why
     */
    ParsedDocument parse(byte[] content, DocumentLimits limits);
}
