package ai.orchestrator.server;

import ai.orchestrator.plugin.embed.EmbeddingProvider;
import ai.orchestrator.plugin.search.SearchEngine;
import ai.orchestrator.plugin.search.TextEmbedder;
import ai.orchestrator.server.config.Product;
import ai.orchestrator.server.config.SearchConfig;
import ai.orchestrator.server.cost.SqliteCostLedger;
import ai.orchestrator.server.embed.UnitVectors.Reading;
import ai.orchestrator.server.plugin.PluginHost;
import ai.orchestrator.server.plugin.Service;
import ai.orchestrator.server.plugin.Services;
import ai.orchestrator.server.search.HostRules;
import ai.orchestrator.server.search.NamedEngine;
import ai.orchestrator.server.search.NamedReranker;
import ai.orchestrator.server.search.ParallelWebSearch;
import ai.orchestrator.server.search.SearchReport;
import ai.orchestrator.server.search.page.Documents;
import ai.orchestrator.server.search.page.PageReader;
import ai.orchestrator.server.search.page.ReadPages;
import ai.orchestrator.server.search.rerank.MeaningModel;
import ai.orchestrator.server.search.rerank.PassageRanking;
import ai.orchestrator.server.search.rerank.Relevance;
import ai.orchestrator.server.search.rerank.Reranker;
import ai.orchestrator.server.web.PageFetcher;
import java.util.List;
import java.util.Optional;

/**
 * What searches and reads pages, made from the configuration.
 *
 * @param engines all of them as one search
 * @param pages those that clients ask for
 * @param fetcher where pages come from
 * @param reranker the one that the operator names
 * @param meaning what results are compared with questions by
 * @param online whether any engine asks somebody else
 */
record SearchParts(
        ParallelWebSearch engines,
        ReadPages pages,
        PageFetcher fetcher,
        Optional<NamedReranker> reranker,
        Optional<TextEmbedder> meaning,
        boolean online)
        implements AutoCloseable {
    /** @param local whether nothing may leave this machine for a search */
    static SearchParts of(SearchConfig config, PluginHost plugins, boolean local, SqliteCostLedger ledger) {
        Services services = plugins.services();
        List<EmbeddingProvider> embedders =
                services.embeddingProviders().stream().map(Service::instance).toList();
        MeaningModel.embedder(embedders, Reading.DOCUMENT).ifPresent(embedder -> services.searchEngines().stream()
                .map(Service::instance)
                .forEach(engine -> MeaningModel.give(engine, embedder)));
        Optional<TextEmbedder> meaning = MeaningModel.embedder(embedders, Reading.RESULT);
        Optional<NamedReranker> reranker = services.reranker().stream()
                .filter(named -> !local || named.instance().isLocal())
                .map(named -> new NamedReranker(
                        named.name(), named.instance(), (name, usd) -> ledger.spent("search", name, usd)))
                .findFirst();
        Optional<Relevance> relevance = reranker.map(Relevance.class::cast);
        List<Service<SearchEngine>> asked = services.searchEngines().stream()
                .filter(engine -> !local || engine.instance().isLocal())
                .toList();
        Documents documents = new Documents(plugins.documentParsers());
        PageFetcher fetcher = new PageFetcher(Product.USER_AGENT, config.fetch().rules(), documents.types());
        ParallelWebSearch engines = new ParallelWebSearch(
                asked.stream()
                        .map(engine -> new NamedEngine(engine.name(), engine.instance(), config.weight(engine.name())))
                        .toList(),
                new HostRules(config.allowHosts(), config.blockHosts()),
                Optional.of(new Reranker(relevance, meaning)),
                new PageReader(
                        local ? 0 : config.fetch().pages(),
                        fetcher::fetchUnasked,
                        new PassageRanking(relevance, meaning),
                        documents),
                config.deadline(),
                config.maxResults());
        return new SearchParts(
                engines,
                new ReadPages(fetcher::fetch, documents),
                fetcher,
                reranker,
                meaning,
                asked.stream().anyMatch(engine -> !engine.instance().isLocal()));
    }

    /** How searching has gone since the start. */
    SearchReport report() {
        return engines.report().with(reranker.map(NamedReranker::report));
    }

    /** The server runs: what the first search would wait for is loaded where it will be needed. */
    void ready() {
        if (online) {
            meaning.ifPresent(MeaningModel::load);
        }
    }

    @Override
    public void close() {
        fetcher.close();
    }
}
