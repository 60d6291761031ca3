package ai.orchestrator.server.orchestration;

import ai.orchestrator.plugin.FailureCode;
import ai.orchestrator.plugin.PluginFailure;
import ai.orchestrator.plugin.model.ModelEvent;
import ai.orchestrator.plugin.model.ModelEvents;
import ai.orchestrator.plugin.model.ModelInfo;
import ai.orchestrator.plugin.model.ToolCall;
import ai.orchestrator.plugin.model.Usage;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One answer's call of models: hands the pieces to the flight, and books what each tried model cost. Used by one thread. */
final class Call implements ModelEvents {
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final RoutePlan plan;
    private final Function<ModelInfo, WebSearch.Enrichment> enriched;
    private final CostLedger.Reservation money;
    private final Flight flight;
    private final Function<WebSearch.Enrichment, AnswerText> checked;
    private WebSearch.@Nullable Enrichment enrichment;
    private AnswerPieces pieces = new AnswerPieces(AnswerText.asItIs());
    private @Nullable ModelInfo model;
    private @Nullable Begun begun;
    private @Nullable Usage usage;
    private CostLedger.Arrived arrived = CostLedger.Arrived.NOTHING;

    /**
     * @param enriched what a model is given
     * @param checked what the text of an answer to that goes through; a new one for each answer
     */
    Call(
            RoutePlan plan,
            Function<ModelInfo, WebSearch.Enrichment> enriched,
            CostLedger.Reservation money,
            Flight flight,
            Function<WebSearch.Enrichment, AnswerText> checked) {
        this.plan = plan;
        this.enriched = enriched;
        this.money = money;
        this.flight = flight;
        this.checked = checked;
    }

    /** The next model is about to be called; the one before, if any, gave nothing. */
    void chose(ModelInfo next) {
        broke();
        model = next;
        WebSearch.Enrichment given = enriched.apply(next);
        enrichment = given;
        pieces = new AnswerPieces(checked.apply(given));
    }

    @Override
    public void emit(ModelEvent event) {
        if (usage != null) {
            throw new PluginFailure.Permanent(FailureCode.BAD_REPLY, "the model went on after the end of its answer");
        }
        if (event instanceof ModelEvent.Call(ToolCall call) && !isObject(call.argumentsJson())) {
            throw new PluginFailure.Permanent(
                    FailureCode.BAD_REPLY, "the model called a tool with arguments that are not a JSON object");
        }
        if (begun == null) {
            ModelInfo answering = Objects.requireNonNull(model, "no model was chosen");
            WebSearch.Enrichment given = Objects.requireNonNull(enrichment);
            begun = new Begun(answering.name(), answering.remote(), plan.route(), given.summary(), given.sources());
            flight.begin(begun);
        }
        if (event instanceof ModelEvent.Finished(var _, Usage used, var _)) {
            usage = used;
        } else {
            arrived = arrived.and(length(event));
        }
        pieces.pass(event).forEach(flight::emit);
    }

    private static int length(ModelEvent event) {
        return switch (event) {
            case ModelEvent.Text(String text, var _) -> text.length();
            case ModelEvent.Think(String text) -> text.length();
            case ModelEvent.Call(ToolCall call) ->
                call.name().length() + call.argumentsJson().length();
            case ModelEvent.Finished _ -> 0;
        };
    }

    private static boolean isObject(String json) {
        try {
            return JSON.readTree(json).isObject();
        } catch (JsonProcessingException e) {
            return false;
        }
    }

    @Override
    public void onCancel(Runnable action) {
        flight.onCancel(action);
    }

    @Override
    public Consumer<Usage> lateBill() {
        if (usage != null && usage.costUsd().isPresent()) {
            return again -> {}; // the answer told it, and broke off at its very end: it would be booked twice
        }
        return money.lateBill(Objects.requireNonNull(model, "no model was chosen"));
    }

    /** Books the call that broke off, if there is one: exactly, where the model had told what it took. */
    void broke() {
        ModelInfo called = model;
        model = null;
        if (called == null) {
            return;
        }
        if (usage != null) {
            money.settle(called, usage, arrived);
        } else {
            money.settleBroken(called, arrived);
        }
    }

    /**
     * Books the call that went well.
     *
     * @param outside the time spent waiting for models and engines
     */
    Ended settle(Duration outside) {
        Usage used = usage;
        ModelInfo called = model;
        if (used == null || called == null) {
            broke();
            throw new PluginFailure.Retriable(FailureCode.BROKEN_OFF, "the model's answer has no end");
        }
        model = null;
        return new Ended(money.settle(called, used, arrived), outside);
    }

    /** The whole answer, after {@link #settle}. */
    StoredAnswer answer(Instant now) {
        Begun known = Objects.requireNonNull(begun);
        return new StoredAnswer(
                known.model(),
                known.remote(),
                known.route(),
                known.search(),
                now.truncatedTo(ChronoUnit.MILLIS),
                flight.events(),
                known.sources(),
                Objects.requireNonNull(enrichment).expiresAt().map(at -> at.truncatedTo(ChronoUnit.MILLIS)));
    }
}
