package ai.orchestrator.server.search.evaluate;

import ai.orchestrator.plugin.search.SearchEngine;
import ai.orchestrator.plugin.search.SearchHit;
import ai.orchestrator.plugin.search.SearchQuery;
import ai.orchestrator.plugin.search.TextEmbedder;
import ai.orchestrator.server.orchestration.WebSearch;
import ai.orchestrator.server.search.HostRules;
import ai.orchestrator.server.search.NamedEngine;
import ai.orchestrator.server.search.ParallelWebSearch;
import ai.orchestrator.server.search.page.PageReader;
import ai.orchestrator.server.search.rerank.Reranker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Has an engine index a collection and answer its queries, and compares its order, and that after reranking, with what people judged. */
public final class SearchTrial {
    private static final int WANTED = 50;
    private static final int LONGEST_QUERY = 400;
    private static final Duration DEADLINE = Duration.ofSeconds(20);
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Collection collection;
    private final Duration patience;
    private final Map<String, String> ids = new HashMap<>();

    /** Of a collection. */
    public SearchTrial(Collection collection) {
        this(collection, PATIENCE);
    }

    /** @param patience how long nothing may happen while documents are read before it goes on with those that are */
    SearchTrial(Collection collection, Duration patience) {
        this.collection = collection;
        this.patience = patience;
    }

    /** Is told how many documents are ready. */
    @FunctionalInterface
    public interface Progress {
        /** So many of all have their vectors. */
        void at(int done, int all);
    }

    /**
     * How good the orders were, on average over the queries that have a right document.
     *
     * @param ndcg10 by the engine alone
     * @param ndcg10Reranked after reranking
     * @param p95 what fusing and reranking took in all but the slowest twentieth
     */
    public record Report(int documents, int queries, double ndcg10, double ndcg10Reranked, Duration p95) {}

    /** Writes the documents for an engine to find. */
    public void write(Path folder) throws IOException {
        Files.createDirectories(folder);
        for (Map.Entry<String, Collection.Judged> document :
                collection.documents().entrySet()) {
            String name = ids.size() + ".html";
            ids.put("doc:" + name, document.getKey());
            Files.writeString(
                    folder.resolve(name),
                    "<!DOCTYPE html><meta charset=\"utf-8\"><title>"
                            + escaped(document.getValue().title()) + "</title><body><p>"
                            + escaped(document.getValue().text()) + "</p></body>");
        }
    }

    /**
     * Waits until the engine has read all documents and has their vectors, then asks all queries.
     *
     * @throws BadCollectionException if no query has a judgement
     * @throws ai.orchestrator.plugin.PluginFailure if the documents cannot be read, or have no vectors though something embeds
     */
    public Report run(
            SearchEngine engine, Optional<TextEmbedder> embedder, Optional<TextEmbedder> documents, Progress progress)
            throws InterruptedException, BadCollectionException {
        List<Map.Entry<String, String>> judged = collection.queries().entrySet().stream()
                .filter(query -> collection.gains().containsKey(query.getKey()))
                .toList();
        if (judged.isEmpty()) {
            throw new BadCollectionException("none of the queries has a judgement");
        }
        new Readiness(engine, patience)
                .await(
                        collection.documents().size(),
                        documents,
                        query(judged.getFirst().getValue()),
                        progress);
        ParallelWebSearch search = new ParallelWebSearch(
                List.of(new NamedEngine("local", engine, 1)),
                HostRules.NONE,
                Optional.of(new Reranker(embedder)),
                PageReader.none(),
                DEADLINE,
                1);
        double alone = 0;
        double reranked = 0;
        List<Long> nanos = new ArrayList<>();
        for (Map.Entry<String, String> query : judged) {
            Map<String, Integer> gains = collection.gains().getOrDefault(query.getKey(), Map.of());
            SearchQuery asked = query(query.getValue());
            alone += Ndcg.at10(ids(engine.search(asked).stream().map(SearchHit::url)), gains);
            WebSearch.Report report = search.search(asked.text(), WANTED);
            nanos.add(report.took().minus(report.engines().getFirst().took()).toNanos());
            reranked += Ndcg.at10(ids(report.results().stream().map(WebSearch.Result::url)), gains);
        }
        nanos.sort(null);
        int n = nanos.size();
        return new Report(collection.documents().size(), n, alone / n, reranked / n, Duration.ofNanos(nanos.get((int)
                (0.95 * (n - 1)))));
    }

    private List<String> ids(Stream<String> urls) {
        return urls.map(url -> ids.getOrDefault(url, "")).toList();
    }

    private static SearchQuery query(String text) {
        String line = text.replace('\n', ' ');
        return new SearchQuery(
                line.substring(0, Math.min(LONGEST_QUERY, line.length())),
                WANTED,
                Optional.empty(),
                SearchQuery.Freshness.ANY,
                DEADLINE);
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
