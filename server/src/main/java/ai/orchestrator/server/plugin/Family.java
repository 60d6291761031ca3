package ai.orchestrator.server.plugin;

import ai.orchestrator.plugin.PluginFactory;
import ai.orchestrator.plugin.PluginService;
import ai.orchestrator.plugin.cache.CacheTier;
import ai.orchestrator.plugin.cache.CacheTierFactory;
import ai.orchestrator.plugin.classify.ComplexityClassifier;
import ai.orchestrator.plugin.classify.ComplexityClassifierFactory;
import ai.orchestrator.plugin.document.DocumentParser;
import ai.orchestrator.plugin.document.DocumentParserFactory;
import ai.orchestrator.plugin.embed.EmbeddingProvider;
import ai.orchestrator.plugin.embed.EmbeddingProviderFactory;
import ai.orchestrator.plugin.model.ModelProvider;
import ai.orchestrator.plugin.model.ModelProviderFactory;
import ai.orchestrator.plugin.search.SearchEngine;
import ai.orchestrator.plugin.search.SearchEngineFactory;
import ai.orchestrator.plugin.search.TextReranker;
import ai.orchestrator.plugin.search.TextRerankerFactory;

/**
 * A family of services; kinds are unique in it.
 *
 * @param label what messages call one of it
 */
record Family<T extends PluginService>(
        String label, Class<? extends PluginFactory<? extends T>> factory, Class<T> service) {
    static final Family<CacheTier> CACHE_TIER = new Family<>("cache tier", CacheTierFactory.class, CacheTier.class);
    static final Family<ModelProvider> MODEL_PROVIDER =
            new Family<>("model provider", ModelProviderFactory.class, ModelProvider.class);
    static final Family<EmbeddingProvider> EMBEDDING_PROVIDER =
            new Family<>("embedding provider", EmbeddingProviderFactory.class, EmbeddingProvider.class);
    static final Family<SearchEngine> SEARCH_ENGINE =
            new Family<>("search engine", SearchEngineFactory.class, SearchEngine.class);
    static final Family<TextReranker> RERANKER =
            new Family<>("reranker", TextRerankerFactory.class, TextReranker.class);
    static final Family<ComplexityClassifier> CLASSIFIER =
            new Family<>("classifier", ComplexityClassifierFactory.class, ComplexityClassifier.class);
    static final Family<DocumentParser> DOCUMENT_PARSER =
            new Family<>("document parser", DocumentParserFactory.class, DocumentParser.class);
}
