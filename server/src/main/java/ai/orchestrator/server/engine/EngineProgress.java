package ai.orchestrator.server.engine;

/** Takes word of how far an installation is. */
public interface EngineProgress {
    /** Something new begins, or is worth knowing. */
    void step(String line);

    /** So far it has come with that; the next such line takes the place of this one. */
    void at(String line);
}
