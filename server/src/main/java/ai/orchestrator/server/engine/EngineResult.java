package ai.orchestrator.server.engine;

/**
 * What came of an installation.
 *
 * @param installed whether it was installed now; otherwise it was there before
 */
public record EngineResult(InstalledEngine engine, boolean installed) {}
