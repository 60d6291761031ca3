package ai.orchestrator.model.llamacpp;

import ai.orchestrator.plugin.PluginFailure;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the pool knows of one model, whatever its names. Guarded by the pool's lock. */
final class Seat {
    /** Longer than this is for ever. */
    private static final Duration LONGEST = Duration.ofDays(36_500);

    /** Those who wait for the model, first come first. */
    final Deque<Ticket> queue = new ArrayDeque<>();

    private final InstantSource clock;
    private CrashBudget crashes;

    @Nullable
    ModelProcess worker;

    /** What was loaded last, and is now if there is a worker. */
    @Nullable
    ModelFile file;

    int context;
    int active;
    boolean loading;

    /** Whether nobody is let in any more, because the worker has to go. */
    boolean draining;

    long lastUsedNanos;
    private Duration keepAlive;
    private String lastFault = "";
    private @Nullable PluginFailure refusal;

    /** One who waits. */
    static final class Ticket {
        final ModelFile model;
        final int context;

        @Nullable
        PluginFailure failure;

        Ticket(ModelFile model, int context) {
            this.model = model;
            this.context = context;
        }
    }

    Seat(Duration keepAlive, InstantSource clock) {
        this.keepAlive = keepAlive;
        this.clock = clock;
        this.crashes = new CrashBudget(clock);
    }

    /** The name that was asked for last. */
    String name() {
        return file == null ? "" : file.name();
    }

    /** Whether it is this very process that is loaded. */
    @SuppressWarnings("ReferenceEquality") // a process is itself alone
    boolean holds(ModelProcess process) {
        return worker == process;
    }

    boolean isIdle() {
        return worker != null && active == 0;
    }

    /** Whether what is loaded serves a request: the same file, with a context at least as long. */
    boolean serves(Ticket ticket) {
        return worker != null && file != null && file.sameFile(ticket.model) && context >= ticket.context;
    }

    /** Notes what is going to be loaded. Another file than the last time starts with a new budget of crashes. */
    void choose(Ticket ticket) {
        if (file == null || !file.sameFile(ticket.model)) {
            crashes = new CrashBudget(clock);
            refusal = null;
        }
        file = ticket.model;
        context = ticket.context;
    }

    void occupy(ModelProcess loaded) {
        worker = loaded;
        active = 0;
        lastUsedNanos = System.nanoTime();
    }

    /** Takes the worker away, to be ended by the caller once it holds no lock. */
    Optional<ModelProcess> vacate() {
        Optional<ModelProcess> gone = Optional.ofNullable(worker);
        worker = null;
        active = 0;
        draining = false;
        return gone;
    }

    void enter(Ticket ticket) {
        file = ticket.model;
        active++;
        lastUsedNanos = System.nanoTime();
    }

    void leave(Duration stay) {
        active--;
        lastUsedNanos = System.nanoTime();
        keep(stay);
    }

    /** How long to keep the model after its last use. */
    void keep(Duration stay) {
        keepAlive = stay.compareTo(LONGEST) > 0 ? KeepAlive.FOREVER : stay;
    }

    Duration keepAlive() {
        return keepAlive;
    }

    /** How long until an idle worker is due to be unloaded, negative if it is overdue; empty if it is not idle or stays for ever. */
    Optional<Duration> left() {
        return keepAlive.isNegative() || !isIdle()
                ? Optional.empty()
                : Optional.of(keepAlive.minusNanos(System.nanoTime() - lastUsedNanos));
    }

    /** Notes that what was to be loaded never can be. */
    void refused(PluginFailure failure) {
        refusal = failure;
    }

    /** Why what a request wants can never be loaded, if that is known. */
    Optional<PluginFailure> refusal(Ticket ticket) {
        return file != null && file.sameFile(ticket.model) ? Optional.ofNullable(refusal) : Optional.empty();
    }

    void crashed(String fault) {
        crashes.crashed();
        lastFault = fault;
    }

    String lastFault() {
        return lastFault;
    }

    /** Whether it holds nothing: no process, none who waits, and no fault to remember. */
    boolean isForgettable() {
        return worker == null && !loading && queue.isEmpty() && refusal == null && crashes.isClean();
    }

    /** How long the model is left alone because it failed too often; empty if it is not. */
    Optional<Duration> pause() {
        return crashes.pause();
    }
}
