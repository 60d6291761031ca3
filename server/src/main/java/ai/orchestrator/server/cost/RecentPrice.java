package ai.orchestrator.server.cost;

import ai.orchestrator.plugin.model.Price;
import java.time.Duration;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A price that takes some looking up, and that each answer asks for: it is looked up once a second. */
public final class RecentPrice implements Supplier<Price> {
    private static final long LIFE = Duration.ofSeconds(1).toNanos();

    private final Supplier<Price> source;
    private final LongSupplier nanoTime;
    private volatile @Nullable Known known;

    private record Known(Price price, long since) {}

    public RecentPrice(Supplier<Price> source, LongSupplier nanoTime) {
        this.source = source;
        this.nanoTime = nanoTime;
    }

    @Override
    public Price get() {
        Known last = known;
        long now = nanoTime.getAsLong();
        if (last == null || now - last.since() >= LIFE) {
            last = new Known(source.get(), now);
            known = last;
        }
        return last.price();
    }
}
