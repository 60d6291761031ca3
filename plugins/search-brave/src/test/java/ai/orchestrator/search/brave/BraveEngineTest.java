package ai.orchestrator.search.brave;

import ai.orchestrator.plugin.search.SearchEngine;
import ai.orchestrator.testkit.HttpSearchContract;
import ai.orchestrator.testkit.fakes.FakeBrave;
import java.net.URI;
import java.util.Map;

class BraveEngineTest extends HttpSearchContract {
    BraveEngineTest() {
        super(new FakeBrave(0));
    }

    @Override
    protected SearchEngine over(URI url) {
        return Engines.over(url, Map.of());
    }

    @Override
    protected String secret() {
        return FakeBrave.KEY;
    }
}
