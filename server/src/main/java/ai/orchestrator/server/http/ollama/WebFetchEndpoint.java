package ai.orchestrator.server.http.ollama;

import ai.orchestrator.server.http.Endpoint;
import ai.orchestrator.server.http.Exchange;
import ai.orchestrator.server.http.HttpProblem;
import ai.orchestrator.server.http.JsonText;
import ai.orchestrator.server.orchestration.WebPages;
import ai.orchestrator.server.orchestration.WebPages.Fetched;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** {@code POST /api/experimental/web_fetch}; a server that reads no pages says so. */
final class WebFetchEndpoint implements Endpoint {
    private final CloudStatus cloud;
    private final Optional<WebPages> pages;
    private final long maxBodyBytes;

    WebFetchEndpoint(CloudStatus cloud, Optional<WebPages> pages, long maxBodyBytes) {
        this.cloud = cloud;
        this.pages = pages;
        this.maxBodyBytes = maxBodyBytes;
    }

    @Override
    public void answer(Exchange exchange) {
        String url = exchange.jsonBody(maxBodyBytes).members("WebFetchRequest").text("url");
        if (cloud.disabled()) {
            throw new HttpProblem(403, "ollama cloud is disabled: web fetch is unavailable");
        }
        if (url.isBlank()) {
            throw HttpProblem.badRequest("url is required");
        }
        WebPages web = pages.orElseThrow(
                () -> new HttpProblem(501, "web fetch is unavailable: this server does not fetch pages"));
        switch (web.fetch(url.strip())) {
            case Fetched.Page(String title, String text, List<String> links) ->
                exchange.sendJson(JsonText.of(json -> write(json, title, text, links)));
            case Fetched.Refused(String sentence) -> throw HttpProblem.badRequest("web fetch refused: " + sentence);
            case Fetched.Failed(String sentence) -> throw new HttpProblem(502, "web fetch failed: " + sentence);
        }
    }

    private static void write(JsonGenerator json, String title, String text, List<String> links) throws IOException {
        json.writeStartObject();
        json.writeStringField("title", title);
        json.writeStringField("content", text);
        json.writeArrayFieldStart("links");
        for (String link : links) {
            json.writeString(link);
        }
        json.writeEndArray();
        json.writeEndObject();
    }
}
