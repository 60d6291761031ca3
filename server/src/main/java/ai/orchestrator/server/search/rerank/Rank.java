package ai.orchestrator.server.search.rerank;

import java.util.OptionalDouble;

/**
 * Where a candidate ranks now, and why.
 *
 * @param candidate its place among the candidates, from 0
 * @param score 0 to 1; higher is better, comparable within one search
 * @param words how well its words fit the query beside the other candidates', 0 to 1
 * @param meaning the cosine of its vector and the query's, -1 to 1; empty where there was no vector in time
 * @param relevance what the reranker that the operator names says, which alone decides where it is there
 */
public record Rank(int candidate, double score, double words, OptionalDouble meaning, OptionalDouble relevance) {}
