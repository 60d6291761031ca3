package ai.orchestrator.server.orchestration;

import ai.orchestrator.plugin.cache.CacheKey;
import ai.orchestrator.plugin.model.RemoteOrigin;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What is known of an answer before its first piece.
 *
 * @param cache what the cache did
 * @param tier the tier that a hit came from
 * @param age how old a hit is
 * @param key names the entry; empty where the answer is not cached at all
 * @param model the full name of the model that answers
 * @param remote where that model runs, if not on this machine
 * @param route the rule that chose the model
 * @param search what the search did, in a form for {@code X-Search}; empty where no search was asked for
 * @param sources what the answer may cite
 */
public record AnswerStart(
        CacheStatus cache,
        Optional<String> tier,
        Optional<Duration> age,
        Optional<CacheKey> key,
        String model,
        Optional<RemoteOrigin> remote,
        String route,
        String search,
        List<Source> sources) {
    /** The same, with another account of the search. */
    public AnswerStart withSearch(String done) {
        return new AnswerStart(cache, tier, age, key, model, remote, route, done, sources);
    }
}
