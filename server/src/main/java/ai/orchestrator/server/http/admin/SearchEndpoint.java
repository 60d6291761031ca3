package ai.orchestrator.server.http.admin;

import ai.orchestrator.server.http.Endpoint;
import ai.orchestrator.server.http.Exchange;
import ai.orchestrator.server.http.HttpProblem;
import ai.orchestrator.server.http.JsonObject;
import ai.orchestrator.server.http.JsonText;
import ai.orchestrator.server.http.ReplyHeaders;
import ai.orchestrator.server.http.Timestamps;
import ai.orchestrator.server.orchestration.WebSearch;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.OptionalDouble;

/** {@code POST /api/search}. */
final class SearchEndpoint implements Endpoint {
    private static final int DEFAULT_RESULTS = 10;
    private static final int MAX_RESULTS = 50;

    /** What the engines take; a longer query is cut at a word, and the reply tells what was searched for. */
    private static final int CUT = 400;

    private static final int MAX_LENGTH = 10_000;

    private static final String NOTHING_LEFT =
            "nothing of 'query' can be searched for: without addresses and secrets it has no letter and no digit";

    private final WebSearch search;
    private final long maxBodyBytes;

    SearchEndpoint(WebSearch search, long maxBodyBytes) {
        this.search = search;
        this.maxBodyBytes = maxBodyBytes;
    }

    @Override
    public void answer(Exchange exchange) {
        JsonObject body = exchange.jsonBody(maxBodyBytes).members("");
        String given = body.text("query");
        if (given.isBlank()) {
            throw HttpProblem.badRequest("'query' must not be empty");
        }
        if (given.length() > MAX_LENGTH) {
            throw HttpProblem.badRequest("'query' must not be longer than " + MAX_LENGTH + " characters");
        }
        int maxResults = body.integer("max_results").orElse(DEFAULT_RESULTS);
        if (maxResults < 1 || maxResults > MAX_RESULTS) {
            throw HttpProblem.badRequest("'max_results' must be between 1 and " + MAX_RESULTS);
        }
        String query = cut(given.strip());
        if (!search.searchable(query)) {
            throw HttpProblem.badRequest(NOTHING_LEFT);
        }
        WebSearch.Report report = search.search(query, maxResults);
        requireAnEngine(report);
        ReplyHeaders.addSearch(
                exchange.response(), report.summary(report.results().size()));
        exchange.sendJson(JsonText.of(json -> write(json, query, report)));
    }

    private static void requireAnEngine(WebSearch.Report report) {
        if (report.engines().isEmpty()) {
            throw new HttpProblem(
                    503,
                    "there is no search engine to ask: 'search.engines' names none, or 'no_cloud' leaves none that needs no network");
        }
    }

    private static String cut(String query) {
        if (query.length() <= CUT) {
            return query;
        }
        int space = query.lastIndexOf(' ', CUT);
        int end = space > CUT / 2 ? space : CUT;
        return query.substring(0, Character.isLowSurrogate(query.charAt(end)) ? end - 1 : end)
                .strip();
    }

    private static void write(JsonGenerator json, String query, WebSearch.Report report) throws IOException {
        json.writeStartObject();
        json.writeStringField("query", query);
        json.writeArrayFieldStart("results");
        for (WebSearch.Result result : report.results()) {
            write(json, result);
        }
        json.writeEndArray();
        json.writeArrayFieldStart("engines");
        for (WebSearch.EngineOutcome engine : report.engines()) {
            json.writeStartObject();
            json.writeStringField("engine", engine.engine());
            json.writeNumberField("results", engine.results());
            json.writeNumberField("ms", engine.took().toMillis());
            if (engine.cached()) {
                json.writeBooleanField("cached", true);
            }
            if (engine.failure().isPresent()) {
                json.writeStringField("error", engine.failure().get());
            }
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeNumberField("took_ms", report.took().toMillis());
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, WebSearch.Result result) throws IOException {
        json.writeStartObject();
        json.writeStringField("title", result.title());
        json.writeStringField("url", result.url());
        json.writeStringField("snippet", result.snippet());
        json.writeNumberField("score", result.score());
        json.writeArrayFieldStart("engines");
        for (String engine : result.engines()) {
            json.writeString(engine);
        }
        json.writeEndArray();
        if (result.publishedAt().isPresent()) {
            json.writeStringField(
                    "published_at", Timestamps.utc(result.publishedAt().get()));
        }
        write(json, result.why());
        if (result.suspicious().isPresent()) {
            json.writeStringField("suspicious", result.suspicious().get());
        }
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, WebSearch.Why why) throws IOException {
        json.writeObjectFieldStart("why");
        json.writeArrayFieldStart("places");
        for (WebSearch.Place place : why.places()) {
            json.writeStartObject();
            json.writeStringField("engine", place.engine());
            json.writeNumberField("rank", place.rank());
            json.writeNumberField("weight", place.weight());
            json.writeNumberField("share", place.share());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeNumberField("freshness", why.freshness());
        if (why.fit().isPresent()) {
            json.writeNumberField("words", why.fit().get().words());
            OptionalDouble relevance = why.fit().get().relevance();
            if (relevance.isPresent()) {
                json.writeNumberField("relevance", relevance.getAsDouble());
            }
            OptionalDouble meaning = why.fit().get().meaning();
            if (meaning.isPresent()) {
                json.writeNumberField("meaning", meaning.getAsDouble());
            }
        }
        json.writeEndObject();
    }
}
