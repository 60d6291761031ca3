package ai.orchestrator.server.http.ollama;

import ai.orchestrator.server.http.ErrorStyle;
import ai.orchestrator.server.http.Exchange;
import ai.orchestrator.server.http.JsonText;
import ai.orchestrator.server.http.Routes;
import ai.orchestrator.server.http.Surface;
import ai.orchestrator.server.orchestration.ModelCatalog;
import ai.orchestrator.server.orchestration.WebPages;
import ai.orchestrator.server.orchestration.WebSearch;
import java.util.Optional;

/** What Ollama does by way of ollama.com, as far as this server does it by itself: its accounts are not here, its web search is. */
public final class CloudSurface implements Surface {
    private final CloudStatus status;
    private final WebSearchEndpoint search;
    private final WebFetchEndpoint fetch;
    private final Recommendations recommendations;

    /**
     * The endpoints.
     *
     * @param pages empty where no pages are fetched
     * @param maxBodyBytes the largest request body
     */
    public CloudSurface(
            CloudStatus status, WebSearch search, Optional<WebPages> pages, ModelCatalog catalog, long maxBodyBytes) {
        this.status = status;
        this.search = new WebSearchEndpoint(status, search, maxBodyBytes);
        this.fetch = new WebFetchEndpoint(status, pages, maxBodyBytes);
        this.recommendations = new Recommendations(catalog);
    }

    @Override
    public void addTo(Routes routes) {
        routes.get("/api/status", ErrorStyle.PLAIN, this::status)
                .post("/api/me", ErrorStyle.PLAIN, CloudSurface::noAccount)
                .post("/api/signout", ErrorStyle.PLAIN, CloudSurface::noAccount)
                .delete("/api/user/keys/{key}", ErrorStyle.PLAIN, CloudSurface::noAccount)
                .post("/api/experimental/web_search", ErrorStyle.PLAIN, search)
                .post("/api/web_search", ErrorStyle.PLAIN, search)
                .post("/api/experimental/web_fetch", ErrorStyle.PLAIN, fetch)
                .post("/api/web_fetch", ErrorStyle.PLAIN, fetch)
                .get("/api/experimental/model-recommendations", ErrorStyle.PLAIN, recommendations);
    }

    private void status(Exchange exchange) {
        exchange.sendJson(JsonText.of(json -> {
            json.writeStartObject();
            json.writeObjectFieldStart("cloud");
            json.writeBooleanField("disabled", status.disabled());
            json.writeStringField("source", status.source());
            json.writeEndObject();
            json.writeEndObject();
        }));
    }

    /** As for somebody who has not signed in; there is no page to do so at, which Ollama's client takes for what it is. */
    private static void noAccount(Exchange exchange) {
        exchange.send(401, Exchange.JSON, JsonText.of(json -> {
            json.writeStartObject();
            json.writeStringField("error", "unauthorized");
            json.writeStringField("signin_url", "");
            json.writeEndObject();
        }));
    }
}
