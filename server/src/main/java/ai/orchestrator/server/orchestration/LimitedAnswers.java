package ai.orchestrator.server.orchestration;

import ai.orchestrator.plugin.FailureCode;
import ai.orchestrator.plugin.PluginFailure;
import java.time.Duration;
import java.util.concurrent.Semaphore;

/** Answers so many requests at once, those that wait for a model included; one more is refused at once. */
public final class LimitedAnswers implements Answers {
    private static final Duration RETRY = Duration.ofSeconds(1);

    private final Answers answers;
    private final Semaphore free;

    /** @param most more than zero */
    public LimitedAnswers(Answers answers, int most) {
        this.answers = answers;
        this.free = new Semaphore(most);
    }

    @Override
    public void answer(ChatRequest request, AnswerSink sink) {
        if (!free.tryAcquire()) {
            throw new PluginFailure.Retriable(
                    FailureCode.OVERLOADED, "server busy, please try again.  maximum pending requests exceeded", RETRY);
        }
        try {
            answers.answer(request, sink);
        } finally {
            free.release();
        }
    }
}
