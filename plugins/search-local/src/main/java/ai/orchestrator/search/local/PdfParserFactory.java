package ai.orchestrator.search.local;

import ai.orchestrator.plugin.PluginContext;
import ai.orchestrator.plugin.document.DocumentParser;
import ai.orchestrator.plugin.document.DocumentParserFactory;
import org.pf4j.Extension;

/** Offers the host what reads PDFs of the web. */
@Extension
public final class PdfParserFactory implements DocumentParserFactory {
    @Override
    public String kind() {
        return "application/pdf";
    }

    @Override
    public DocumentParser create(PluginContext context) {
        return new PdfParser();
    }
}
