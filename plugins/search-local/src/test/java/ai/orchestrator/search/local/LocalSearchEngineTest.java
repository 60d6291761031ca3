package ai.orchestrator.search.local;

import ai.orchestrator.plugin.search.SearchEngine;
import ai.orchestrator.testkit.SearchEngineContract;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class LocalSearchEngineTest extends SearchEngineContract {
    @TempDir
    Path home;

    @Override
    protected SearchEngine open() throws IOException {
        Library library = new Library(home)
                .add(
                        "harbour.md",
                        "# Harbour *rules* &amp; fees\n\nShips leave the harbour <b>before</b> the tide turns.\n")
                .add(
                        "tides.html",
                        "<title>Tides &mdash; a table</title><p>High tide at <i>noon</i>.<script>tide()</script>")
                .add(
                        "guides/Ebb & flow.txt",
                        "The tide\tand\u0007 the \u001b[1mmoon\u001b[0m.\r\n\r\nEbb follows the tide.");
        for (int i = 0; i < 60; i++) {
            library.add("log/" + i + ".txt", "Entry " + i + ": tide observed.");
        }
        return library.open();
    }

    @Override
    protected String textThatFindsThree() {
        return "tide in the harbour";
    }

    @Override
    protected String textThatFindsNothing() {
        return "xqzwv";
    }
}
