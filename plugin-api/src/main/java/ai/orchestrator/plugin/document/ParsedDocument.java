package ai.orchestrator.plugin.document;

import java.util.Optional;

/**
 * What a document says.
 *
 * @param title the one that it declares, which its readers may not see
 * @param text with an empty line between paragraphs
 */
public record ParsedDocument(Optional<String> title, String text) {}
