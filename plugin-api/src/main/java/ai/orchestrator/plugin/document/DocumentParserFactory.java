package ai.orchestrator.plugin.document;

import ai.orchestrator.plugin.PluginFactory;

/**
 * Makes parsers of one type of document. They are not configured: the host makes one of each kind that its plugins offer, without settings. Whatever
 * a parser needs to load it loads for its first document.
 */
public interface DocumentParserFactory extends PluginFactory<DocumentParser> {
    /** The media type of the documents, in small letters, such as {@code application/pdf}. */
    @Override
    String kind();
}
