package ai.orchestrator.search.wikipedia;

import ai.orchestrator.plugin.search.SearchEngine;
import ai.orchestrator.testkit.HttpSearchContract;
import ai.orchestrator.testkit.fakes.FakeWikipedia;
import java.net.URI;
import java.util.Map;

/** With the articles' introductions. */
class WikipediaEngineTest extends HttpSearchContract {
    WikipediaEngineTest() {
        super(new FakeWikipedia(0));
    }

    @Override
    protected SearchEngine over(URI url) {
        return Engines.over(url, Map.of());
    }

    @Override
    protected String secret() {
        return Engines.CONTACT;
    }
}
