package ai.orchestrator.openai.wire;

import ai.orchestrator.plugin.Health;
import ai.orchestrator.plugin.PluginFailure;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A provider's health, as the outcomes of its calls show it. Logs when it changes. */
public final class Condition {
    private static final Logger LOG = LoggerFactory.getLogger(Condition.class);

    private final String name;
    private volatile Health calls = Health.up();
    private volatile String list = "";

    /** @param name the provider's, for the log */
    public Condition(String name) {
        this.name = name;
    }

    /** The present state. */
    public Health health() {
        Health now = calls;
        return now.state() == Health.State.UP && !list.isEmpty() ? new Health(Health.State.UP, list) : now;
    }

    /** A call has succeeded. */
    public void answered() {
        if (calls.state() != Health.State.UP) {
            change(Health.up());
        }
    }

    /** The far side has said, beside the calls, that it accepts the credentials. */
    public void accepted() {
        if (calls.state() == Health.State.DOWN) {
            change(Health.up());
        }
    }

    /** A call has failed. Faults of a request, its deadline among them, say nothing about the provider. */
    public void failed(PluginFailure failure) {
        switch (failure.code()) {
            case CREDENTIALS, LOOP -> change(Health.down(failure.getMessage()));
            case QUOTA, UNAVAILABLE, OVERLOADED -> change(Health.degraded(failure.getMessage()));
            default -> {}
        }
    }

    /** @param problem what is wrong with the far side's list of models, in one sentence; empty for nothing */
    public synchronized void list(String problem) {
        if (problem.equals(list)) {
            return;
        }
        list = problem;
        if (problem.isEmpty()) {
            LOG.info("{}: the list of models is up to date", name);
        } else {
            LOG.warn("{}: {}", name, problem);
        }
    }

    private synchronized void change(Health health) {
        boolean changed = calls.state() != health.state();
        calls = health;
        if (changed && health.state() == Health.State.UP) {
            LOG.info("{} answers again", name);
        } else if (changed) {
            LOG.warn("{} is {}: {}", name, health.state(), health.detail());
        }
    }
}
