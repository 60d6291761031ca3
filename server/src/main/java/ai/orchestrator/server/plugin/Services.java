package ai.orchestrator.server.plugin;

import ai.orchestrator.plugin.cache.CacheTier;
import ai.orchestrator.plugin.classify.ComplexityClassifier;
import ai.orchestrator.plugin.embed.EmbeddingProvider;
import ai.orchestrator.plugin.model.ModelProvider;
import ai.orchestrator.plugin.search.SearchEngine;
import ai.orchestrator.plugin.search.TextReranker;
import java.util.List;

/**
 * All services, each list in the order of the configuration.
 *
 * @param reranker one, or none
 * @param classifier one, or none
 */
public record Services(
        List<Service<CacheTier>> cacheTiers,
        List<Service<ModelProvider>> modelProviders,
        List<Service<EmbeddingProvider>> embeddingProviders,
        List<Service<SearchEngine>> searchEngines,
        List<Service<TextReranker>> reranker,
        List<Service<ComplexityClassifier>> classifier) {}
