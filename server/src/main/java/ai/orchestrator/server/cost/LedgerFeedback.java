package ai.orchestrator.server.cost;

import ai.orchestrator.plugin.FailureCode;
import ai.orchestrator.plugin.PluginFailure;
import ai.orchestrator.plugin.model.RemoteOrigin;
import ai.orchestrator.server.orchestration.Feedback;
import ai.orchestrator.server.orchestration.Stats;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * Feedback in the ledger's file. Of each answer a little is remembered for a while, in memory alone: a question is written down only where
 * somebody says something of its answer.
 */
public final class LedgerFeedback implements Feedback {
    private static final int ANSWERS = 10_000;
    private static final long BYTES = 16L << 20;
    private static final int LONGEST_QUESTION = 32_000;
    private static final long PATIENCE_SECONDS = 10;

    private final RecentAnswers recent = new RecentAnswers(ANSWERS, BYTES);
    private final LedgerFile file;
    private final Predicate<ModelOf> strong;
    private final InstantSource clock;

    /** The model that answered. */
    public record ModelOf(String name, Optional<RemoteOrigin> remote) {}

    /** @param strong whether a model is one for hard questions */
    public LedgerFeedback(LedgerFile file, Predicate<ModelOf> strong, InstantSource clock) {
        this.file = file;
        this.strong = strong;
        this.clock = clock;
    }

    /** Remembers an answer that was given. */
    public void remember(Stats.Answered answered) {
        recent.add(new RecentAnswers.Answer(
                answered.request().requestId(),
                answered.request().caller().tenant(),
                answered.route(),
                answered.model(),
                answered.remote(),
                cut(answered.request().question())));
    }

    @Override
    public boolean give(String requestId, Optional<String> tenant, Verdict verdict, String comment) {
        CompletableFuture<Boolean> done = new CompletableFuture<>();
        Optional<RecentAnswers.Answer> answer = recent.find(requestId, tenant);
        if (answer.isPresent()) {
            file.append(new LedgerEntry.Judged(given(answer.get(), verdict, comment), done));
        } else {
            RecentAnswers.Answer forgotten =
                    new RecentAnswers.Answer(requestId, tenant.orElse(""), "", "", Optional.empty(), "");
            file.append(new LedgerEntry.Rejudged(given(forgotten, verdict, comment), tenant.isEmpty(), done));
        }
        try {
            return done.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
        } catch (CompletionException e) {
            throw new PluginFailure.Retriable(
                    FailureCode.UNAVAILABLE, "the feedback cannot be kept: the ledger cannot be written", e);
        }
    }

    @Override
    public List<Given> all() {
        file.flush();
        try {
            return read(file.path());
        } catch (SQLException e) {
            throw new PluginFailure.Retriable(FailureCode.UNAVAILABLE, "the ledger cannot be read", e);
        }
    }

    @Override
    public String outcomes() {
        return Outcomes.of(all());
    }

    /** All feedback in a ledger's file, which is only read; none where there is no file, or it is of a release that took none. */
    public static List<Given> read(Path path) throws SQLException {
        if (!Files.exists(path)) {
            return List.of();
        }
        try (Connection connection = LedgerConnection.toRead(path)) {
            return LedgerSchema.version(connection) < LedgerSchema.VERSION ? List.of() : FeedbackRows.all(connection);
        }
    }

    private Given given(RecentAnswers.Answer answer, Verdict verdict, String comment) {
        return new Given(
                clock.instant(),
                answer.requestId(),
                answer.tenant(),
                answer.route(),
                answer.model(),
                strong.test(new ModelOf(answer.model(), answer.remote())),
                verdict,
                comment,
                answer.question());
    }

    private static String cut(String question) {
        if (question.length() <= LONGEST_QUESTION) {
            return question;
        }
        int end = Character.isHighSurrogate(question.charAt(LONGEST_QUESTION - 1))
                ? LONGEST_QUESTION - 1
                : LONGEST_QUESTION;
        return question.substring(0, end);
    }
}
