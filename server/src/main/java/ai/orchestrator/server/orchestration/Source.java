package ai.orchestrator.server.orchestration;

/**
 * Something an answer may cite.
 *
 * @param number what {@code [n]} in the answer refers to, from 1
 */
public record Source(int number, String url, String title) {}
