package ai.orchestrator.search.searxng;

import ai.orchestrator.plugin.search.SearchEngine;
import ai.orchestrator.testkit.SearchEngineContract;
import ai.orchestrator.testkit.fakes.FakeSearxng;
import org.junit.jupiter.api.AfterEach;

class SearxngEngineTest extends SearchEngineContract {
    private final FakeSearxng searxng = FakeSearxng.start(0);

    @AfterEach
    void stop() {
        searxng.close();
    }

    @Override
    protected SearchEngine open() {
        return Engines.over(searxng);
    }

    @Override
    protected String textThatFindsThree() {
        return "harbour tide tables";
    }

    @Override
    protected String textThatFindsNothing() {
        return "tide " + FakeSearxng.UNKNOWN_WORD;
    }

    @Override
    protected boolean stall() {
        searxng.behave(FakeSearxng.Behaviour.SILENT);
        return true;
    }

    @Override
    protected void resume() {
        searxng.behave(FakeSearxng.Behaviour.WELL);
    }
}
