package ai.orchestrator.server.http.responses;

import ai.orchestrator.server.http.FakeAnswers;
import ai.orchestrator.server.http.FakeCatalog;
import ai.orchestrator.server.http.FakeWebSearch;
import ai.orchestrator.server.http.TestClient;
import ai.orchestrator.server.http.TestClient.Reply;
import ai.orchestrator.server.http.TestServer;
import ai.orchestrator.server.http.websearch.SearchingAnswers;
import ai.orchestrator.server.search.QuotedEvidence;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** The Responses surface on a real server, with a scripted pipeline, a few models and an engine behind it. */
abstract class ResponsesFixture {
    static final long MAX_BODY = 1_000_000;

    final FakeAnswers answers = new FakeAnswers();
    final FakeCatalog catalog = new FakeCatalog();
    final FakeWebSearch search = new FakeWebSearch();
    TestServer server;
    TestClient client;

    @BeforeEach
    void start() {
        SearchingAnswers searching = new SearchingAnswers(answers, search, new QuotedEvidence(3_500));
        server = TestServer.of(new ResponsesSurface(answers, searching, catalog, MAX_BODY));
        client = server.client();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    /** Posts a request of one question, with more members such as {@code ,"stream":true}. */
    Reply ask(String model, String more) {
        return client.post("/v1/responses", "{\"model\":\"" + model + "\",\"input\":\"Hello\"" + more + "}");
    }
}
