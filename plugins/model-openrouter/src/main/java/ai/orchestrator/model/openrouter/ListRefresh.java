package ai.orchestrator.model.openrouter;

import ai.orchestrator.plugin.PluginFailure;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/** Keeps what OpenRouter lists of the configured models up to date, on a thread of its own. */
final class ListRefresh implements AutoCloseable {
    private static final Duration EVERY = Duration.ofHours(6);
    private static final Duration FIRST_RETRY = Duration.ofSeconds(30);

    private final ModelList list;
    private final Set<String> ids;
    private final Consumer<Map<String, ListedModel>> learned;
    private final Condition condition;
    private final Thread thread = Thread.ofVirtual().name("openrouter-models").unstarted(this::run);

    ListRefresh(ModelList list, Set<String> ids, Consumer<Map<String, ListedModel>> learned, Condition condition) {
        this.list = list;
        this.ids = ids;
        this.learned = learned;
        this.condition = condition;
    }

    void start() {
        thread.start();
    }

    @Override
    public void close() {
        thread.interrupt();
    }

    private void run() {
        Duration retry = FIRST_RETRY;
        try {
            while (!Thread.currentThread().isInterrupted()) {
                if (refresh()) {
                    retry = FIRST_RETRY;
                    Thread.sleep(EVERY);
                } else {
                    Thread.sleep(retry);
                    retry = retry.compareTo(EVERY) < 0 ? retry.multipliedBy(2) : EVERY;
                }
            }
        } catch (InterruptedException e) {
            // closed: nothing is left to do
        }
    }

    private boolean refresh() throws InterruptedException {
        try {
            Map<String, ListedModel> found = list.read(ids);
            learned.accept(found);
            Set<String> missing = new TreeSet<>(ids);
            missing.removeAll(found.keySet());
            condition.list(missing.isEmpty() ? "" : "OpenRouter does not list " + String.join(", ", missing));
            return true;
        } catch (PluginFailure e) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            condition.list("OpenRouter's list of models, with prices and context lengths, could not be read: "
                    + e.getMessage());
            return false;
        }
    }
}
