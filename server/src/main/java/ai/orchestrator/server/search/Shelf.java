package ai.orchestrator.server.search;

import ai.orchestrator.plugin.search.SearchQuery.Freshness;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/** How long evidence is good for: an answer made with it is not given again after that. */
final class Shelf {
    static final Duration LIFE = Duration.ofMinutes(10);

    /** For a question about the present. */
    static final Duration PRESENT_LIFE = Duration.ofMinutes(2);

    /** Where no engine answered; the next who asks may have more luck. */
    static final Duration NO_LIFE = Duration.ofMinutes(1);

    private Shelf() {}

    /** @param now when the engines were asked */
    static Instant of(Freshness freshness, List<FanOut.Answer> answers, Instant now) {
        if (answers.stream().allMatch(answer -> answer.outcome().failure().isPresent())) {
            return now.plus(NO_LIFE);
        }
        Duration most = freshness == Freshness.ANY ? LIFE : PRESENT_LIFE;
        return now.plus(answers.stream()
                .filter(answer -> answer.outcome().failure().isEmpty())
                .map(FanOut.Answer::goodFor)
                .min(Comparator.naturalOrder())
                .filter(least -> least.compareTo(most) < 0)
                .orElse(most));
    }
}
