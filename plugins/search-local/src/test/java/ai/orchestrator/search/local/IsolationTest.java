package ai.orchestrator.search.local;

import static org.assertj.core.api.Assertions.assertThat;

import ai.orchestrator.plugin.Health;
import ai.orchestrator.plugin.search.SearchEngine;
import ai.orchestrator.plugin.search.SearchEngineFactory;
import ai.orchestrator.testkit.IsolatedClassLoader;
import java.nio.file.Path;
import java.util.Map;
import org.apache.commons.logging.LogFactory;
import org.apache.fontbox.ttf.TrueTypeFont;
import org.apache.lucene.analysis.en.EnglishAnalyzer;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.memory.MemoryIndex;
import org.apache.lucene.queries.spans.SpanQuery;
import org.apache.lucene.search.uhighlight.UnifiedHighlighter;
import org.apache.pdfbox.io.RandomAccessRead;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.parser.Parser;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The plugin among nothing but its own jars, and with the host's context class loader. */
class IsolationTest {
    @TempDir
    Path home;

    @Test
    void searchesInAClassLoaderOfItsOwn(@TempDir Path fontCache) throws Exception {
        // where PDFBox would keep its list of the machine's fonts
        System.setProperty("pdfbox.fontcache", fontCache.toString());
        Library library = new Library(home)
                .add("a.md", "# Tide tables\n\n| High | Low |\n|---|---|\n| noon | six |\n")
                .add("b.html", "<p>tide")
                .add("c.pdf", Pdfs.pages("Spring", "Spring tides come with the full moon."));
        try (IsolatedClassLoader loader = new IsolatedClassLoader(
                LocalSearchFactory.class,
                IndexWriter.class,
                EnglishAnalyzer.class,
                UnifiedHighlighter.class,
                SpanQuery.class,
                MemoryIndex.class,
                Jsoup.class,
                Parser.class,
                TablesExtension.class,
                PDDocument.class,
                RandomAccessRead.class,
                TrueTypeFont.class,
                LogFactory.class)) {
            Class<?> isolated = loader.loadClass(LocalSearchFactory.class.getName());
            assertThat(isolated).isNotEqualTo(LocalSearchFactory.class);
            SearchEngineFactory factory =
                    (SearchEngineFactory) isolated.getConstructor().newInstance();

            try (SearchEngine engine = factory.create(library.context(Map.of()))) {
                Library.awaitState(engine, Health.State.UP);
                assertThat(engine.search(Library.query("high tides")).getFirst().snippet())
                        .contains("noon");
                assertThat(engine.search(Library.query("full moon")).getFirst().snippet())
                        .contains("Spring tides");
                assertThat(fontCache).isEmptyDirectory();
            }
        }
    }
}
