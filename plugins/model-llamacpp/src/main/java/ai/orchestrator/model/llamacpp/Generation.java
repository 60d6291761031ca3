package ai.orchestrator.model.llamacpp;

import ai.orchestrator.model.llamacpp.worker.Call;
import ai.orchestrator.model.llamacpp.worker.Reply;
import ai.orchestrator.model.llamacpp.worker.Wire;
import ai.orchestrator.plugin.FailureCode;
import ai.orchestrator.plugin.PluginFailure;
import ai.orchestrator.plugin.model.FinishReason;
import ai.orchestrator.plugin.model.ModelEvent;
import ai.orchestrator.plugin.model.ModelEvents;
import ai.orchestrator.plugin.model.Usage;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** One call of a worker, from its connection to its end. */
final class Generation {
    /** How long a worker that was told to stop is waited for; while it reads a long prompt it does not look up. */
    private static final Duration STOP_WITHIN = Duration.ofSeconds(2);

    private final Wire wire;
    private final CallControl control;
    private final ScheduledExecutorService timer;

    private Generation(Wire wire, CallControl control, ScheduledExecutorService timer) {
        this.wire = wire;
        this.control = control;
        this.timer = timer;
    }

    /**
     * Has a worker answer, and passes its pieces on.
     *
     * @throws PluginFailure if there is no complete answer; the worker has stopped by then
     */
    static void run(
            WorkerProcess worker,
            Call.Generate call,
            Question question,
            ModelEvents events,
            CallControl control,
            ScheduledExecutorService timer) {
        exchange(worker, control, timer, generation -> {
            generation.wire.send(call);
            generation.passOn(question, events);
            return true;
        });
    }

    /** Has a worker answer in one piece. */
    static <T extends Reply> T ask(
            WorkerProcess worker, Call call, Class<T> answer, CallControl control, ScheduledExecutorService timer) {
        return exchange(worker, control, timer, generation -> {
            generation.wire.send(call);
            Reply reply = generation.next();
            if (reply instanceof Reply.Refused refused) {
                throw refused(refused);
            }
            if (!answer.isInstance(reply)) {
                throw new PluginFailure.Permanent(FailureCode.INTERNAL, "the worker answered oddly");
            }
            return answer.cast(reply);
        });
    }

    private interface Exchange<T> {
        T with(Generation generation) throws IOException;
    }

    private static <T> T exchange(
            WorkerProcess worker, CallControl control, ScheduledExecutorService timer, Exchange<T> exchange) {
        try (Wire wire = worker.connect()) {
            Generation generation = new Generation(wire, control, timer);
            control.onStop(generation::stop);
            try {
                return exchange.with(generation);
            } catch (RuntimeException e) {
                generation.stop();
                generation.awaitEnd();
                throw e;
            }
        } catch (IOException e) {
            control.check();
            throw brokenOff(e);
        } finally {
            control.onStop(() -> {});
        }
    }

    private void passOn(Question question, ModelEvents events) throws IOException {
        ToolCallText calls = question.mayCall() ? ToolCallText.of(question.callable()) : ToolCallText.none();
        while (true) {
            Reply reply = next();
            control.check();
            switch (reply) {
                case Reply.Text(String text) -> emit(calls.accept(text), events);
                case Reply.Think(String text) -> events.emit(new ModelEvent.Think(text));
                case Reply.Done done -> {
                    ToolCallText.Rest rest = calls.rest();
                    emit(rest.text(), events);
                    rest.calls().forEach(call -> events.emit(new ModelEvent.Call(call)));
                    events.emit(finished(done, question.load(), !rest.calls().isEmpty()));
                    return;
                }
                case Reply.Refused refused -> throw refused(refused);
                case Reply.Tokens odd -> throw new IOException("not asked for tokens");
                case Reply.Vectors odd -> throw new IOException("not asked for vectors");
                case Reply.Counted odd -> throw new IOException("not asked for a count");
            }
        }
    }

    private static void emit(String text, ModelEvents events) {
        if (!text.isEmpty()) {
            events.emit(new ModelEvent.Text(text));
        }
    }

    private Reply next() throws IOException {
        Optional<Reply> reply = wire.receive(Reply.class);
        if (reply.isEmpty()) {
            control.check();
            throw new IOException("the worker closed the connection");
        }
        return reply.get();
    }

    /** Tells the worker to stop; if it does not, the connection is closed under it. */
    private void stop() {
        try {
            wire.finish();
        } catch (IOException e) {
            // it is closed already
        }
        var _ = timer.schedule(this::close, STOP_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void awaitEnd() {
        try {
            while (wire.receive(Reply.class).isPresent()) {
                // pieces that were on their way
            }
        } catch (IOException e) {
            // closed, by whomever
        }
    }

    private void close() {
        try {
            wire.close();
        } catch (IOException e) {
            // nobody is left to care
        }
    }

    private static ModelEvent.Finished finished(Reply.Done done, Duration load, boolean calls) {
        FinishReason whole = calls ? FinishReason.TOOL_CALLS : FinishReason.STOP;
        return new ModelEvent.Finished(
                done.cut() ? FinishReason.LENGTH : whole,
                new Usage(
                        done.promptTokens(),
                        0,
                        done.completionTokens(),
                        load,
                        Duration.ofNanos(done.promptNanos()),
                        Duration.ofNanos(done.evalNanos()),
                        Optional.of(BigDecimal.ZERO),
                        ""),
                done.stopText());
    }

    private static PluginFailure refused(Reply.Refused refused) {
        return new PluginFailure.Permanent(FailureCode.valueOf(refused.reason().name()), refused.message());
    }

    private static PluginFailure brokenOff(IOException cause) {
        return new PluginFailure.Retriable(
                FailureCode.BROKEN_OFF, "the answer broke off: the model's process has ended", cause);
    }
}
