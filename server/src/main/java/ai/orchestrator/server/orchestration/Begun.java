package ai.orchestrator.server.orchestration;

import ai.orchestrator.plugin.cache.CacheKey;
import ai.orchestrator.plugin.model.RemoteOrigin;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What is known of an answer when its first piece comes, whoever it is sent to.
 *
 * @param model the full name of the model that answers
 */
record Begun(String model, Optional<RemoteOrigin> remote, String route, String search, List<Source> sources) {
    static Begun of(StoredAnswer stored) {
        return new Begun(stored.model(), stored.remote(), stored.route(), stored.search(), stored.sources());
    }

    AnswerStart start(CacheStatus status, Optional<String> tier, Optional<Duration> age, Optional<CacheKey> key) {
        return new AnswerStart(status, tier, age, key, model, remote, route, search, sources);
    }
}
