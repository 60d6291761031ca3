package ai.orchestrator.server.config;

import ai.orchestrator.server.web.FetchRules;

/**
 * Reading the pages that a search found.
 *
 * @param pages of the best results of one search; 0 reads none
 * @param rules where pages may be fetched from
 */
public record FetchConfig(int pages, FetchRules rules) {}
