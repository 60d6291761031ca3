package ai.orchestrator.server.replay;

import ai.orchestrator.server.harness.CacheAround;
import ai.orchestrator.server.orchestration.CacheControl;
import ai.orchestrator.server.orchestration.RequestFingerprint;
import ai.orchestrator.server.orchestration.RequestPolicy;
import ai.orchestrator.server.orchestration.ResponseCache;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Tells how many requests that found nothing stored wait for an answer in the making. */
final class JoinWatch extends CacheAround {
    private final Set<Thread> asking = ConcurrentHashMap.newKeySet();

    JoinWatch(ResponseCache cache) {
        super(cache);
    }

    /** Waits until so many requests wait. */
    void awaitWaiting(int count) {
        while (asking.stream()
                        .filter(thread -> thread.getState() == Thread.State.WAITING)
                        .count()
                < count) {
            Thread.onSpinWait();
        }
    }

    /** Begins to count anew. */
    void forget() {
        asking.clear();
    }

    @Override
    public Optional<Hit> find(RequestFingerprint fingerprint, RequestPolicy policy, CacheControl asked) {
        asking.add(Thread.currentThread());
        return super.find(fingerprint, policy, asked);
    }
}
