package ai.orchestrator.server.cost;

import ai.orchestrator.plugin.model.ModelInfo;
import ai.orchestrator.plugin.model.Usage;
import ai.orchestrator.server.orchestration.ChatRequest;
import ai.orchestrator.server.orchestration.CostLedger;
import ai.orchestrator.server.orchestration.RoutePlan;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The money of one answer. All of it belongs to the moment at which the answer was begun, so that a budget's day has what was set aside in it. */
final class Booking implements CostLedger.Reservation {
    /** Longer than any provider asks for a bill. */
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);

    private final Books books;
    private final ChatRequest request;
    private final RoutePlan plan;
    private final PromptTokens prompt;
    private final Instant at;
    private final List<ModelInfo> models;
    private final boolean restricted;
    private final Held held;
    private final AtomicBoolean settled = new AtomicBoolean();
    private final AtomicInteger untold = new AtomicInteger();
    private volatile boolean over;
    private @Nullable LateBill late;

    /** What bookings are made with. */
    record Books(Billing billing, Prices prices, Budgets budgets, CostTotals totals, LedgerFile file) {}

    Booking(
            Books books,
            ChatRequest request,
            RoutePlan plan,
            PromptTokens prompt,
            Instant at,
            List<ModelInfo> models,
            boolean restricted,
            Held held) {
        this.books = books;
        this.request = request;
        this.plan = plan;
        this.prompt = prompt;
        this.at = at;
        this.models = List.copyOf(models);
        this.restricted = restricted;
        this.held = held;
    }

    @Override
    public List<ModelInfo> models() {
        return models;
    }

    @Override
    public boolean restricted() {
        return restricted;
    }

    @Override
    public Optional<BigDecimal> settle(ModelInfo model, Usage usage, CostLedger.Arrived arrived) {
        if (!settled.compareAndSet(false, true)) {
            throw new IllegalStateException("an answer is booked once");
        }
        Bill bill = books.billing().of(model, prompt, usage, arrived);
        if (usage.costUsd().isPresent() && !bill.estimated()) {
            tellLate(Optional.empty()); // what is still to be told is of an attempt before this one
        }
        tellLate(Optional.of(book(model, bill)));
        close();
        return bill.cost();
    }

    @Override
    public void settleBroken(ModelInfo model, CostLedger.Arrived arrived) {
        if (arrived.pieces() > 0) {
            tellLate(Optional.of(book(model, books.billing().broken(model, prompt, arrived))));
        } else {
            tellLate(Optional.empty());
        }
    }

    @Override
    public Consumer<Usage> lateBill(ModelInfo model) {
        untold.incrementAndGet();
        LateBill bill = new LateBill((row, usage) -> {
            correct(model, row, usage);
            untold.decrementAndGet();
            releaseIfDone();
        });
        late = bill;
        return bill;
    }

    /**
     * Frees what is left. Where a bill may still come, that waits for it, lest others spend meanwhile what is owed already; but not for ever, for
     * it may never come.
     */
    @Override
    public void close() {
        if (over) {
            return;
        }
        over = true;
        releaseIfDone();
        if (untold.get() > 0 && books.budgets().holds(held)) {
            CompletableFuture.delayedExecutor(LONGEST_WAIT.toMillis(), TimeUnit.MILLISECONDS)
                    .execute(() -> books.budgets().release(held));
        }
    }

    private void releaseIfDone() {
        if (over && untold.get() == 0) {
            books.budgets().release(held);
        }
    }

    private LedgerEntry.Booked book(ModelInfo model, Bill bill) {
        LedgerEntry.Booked booked = new LedgerEntry.Booked(row(model, bill));
        books.budgets().spend(held, booked.row().counted());
        books.totals().add(bill.cost());
        books.file().append(booked);
        return booked;
    }

    /** Tells what was booked for the call of now, on the answer's own thread: a bill of an earlier call may come meanwhile, on another. */
    private void tellLate(Optional<LedgerEntry.Booked> booked) {
        LateBill waiting = late;
        late = null;
        if (waiting != null) {
            waiting.booked(booked);
        }
    }

    /** What really was charged came to light, perhaps long after. */
    private void correct(ModelInfo model, Optional<LedgerEntry.Booked> booked, Usage usage) {
        if (usage.costUsd().isEmpty()) {
            return;
        }
        Bill bill = books.billing().of(model, prompt, usage, CostLedger.Arrived.NOTHING);
        if (booked.isEmpty()) {
            book(model, bill);
            return;
        }
        LedgerRow old = booked.get().row();
        LedgerRow row = old.with(bill, assumed(bill));
        books.budgets().spend(held, row.counted().subtract(old.counted()));
        books.totals().replace(old.cost(), row.cost());
        books.file().append(new LedgerEntry.Corrected(old, row, booked.get().place()));
    }

    private LedgerRow row(ModelInfo model, Bill bill) {
        return new LedgerRow(
                at,
                request.requestId(),
                request.caller().tenant(),
                plan.route(),
                model.name(),
                bill.promptTokens(),
                bill.completionTokens(),
                bill.cost(),
                assumed(bill),
                bill.estimated());
    }

    /** What budgets count for a call whose cost nobody knows. */
    private Optional<BigDecimal> assumed(Bill bill) {
        return bill.cost().isPresent()
                ? Optional.empty()
                : books.prices().assumed(bill.promptTokens(), bill.completionTokens());
    }
}
