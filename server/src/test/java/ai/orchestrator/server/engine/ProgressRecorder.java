package ai.orchestrator.server.engine;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Keeps all that is told. */
final class ProgressRecorder implements EngineProgress {
    final List<String> lines = new CopyOnWriteArrayList<>();

    @Override
    public void step(String line) {
        lines.add(line);
    }

    @Override
    public void at(String line) {
        lines.add(line);
    }
}
