package ai.orchestrator.server.search.screen;

/**
 * Something that speaks against a source.
 *
 * @param points 1 for what an honest page may have in it, 3 for what none has
 * @param reason goes on after "the source": {@code tells its reader to forget instructions}
 */
record Sign(int points, String reason) {}
