package ai.orchestrator.search.tavily;

import ai.orchestrator.plugin.search.SearchEngine;
import ai.orchestrator.testkit.HttpSearchContract;
import ai.orchestrator.testkit.fakes.FakeTavily;
import java.net.URI;
import java.util.Map;

class TavilyEngineTest extends HttpSearchContract {
    TavilyEngineTest() {
        super(new FakeTavily(0));
    }

    @Override
    protected SearchEngine over(URI url) {
        return Engines.over(url, Map.of());
    }

    @Override
    protected String secret() {
        return FakeTavily.KEY;
    }
}
