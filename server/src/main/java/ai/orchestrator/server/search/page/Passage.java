package ai.orchestrator.server.search.page;

/**
 * A piece of a page.
 *
 * @param place from 0, in the page's order
 * @param text one line of plain text, whole sentences where they are short enough
 */
public record Passage(int place, String text) {}
