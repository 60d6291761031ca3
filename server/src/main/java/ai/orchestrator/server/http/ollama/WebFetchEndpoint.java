package ai.orchestrator.server.http.ollama;

import ai.orchestrator.server.http.Endpoint;
import ai.orchestrator.server.http.Exchange;
import ai.orchestrator.server.http.HttpProblem;

/** {@code POST /api/experimental/web_fetch}: this server reads no pages, and says so. */
final class WebFetchEndpoint implements Endpoint {
    private final CloudStatus cloud;
    private final long maxBodyBytes;

    WebFetchEndpoint(CloudStatus cloud, long maxBodyBytes) {
        this.cloud = cloud;
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
        throw new HttpProblem(501, "web fetch is unavailable: this server does not fetch pages");
    }
}
