package ai.orchestrator.server.stats;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * The share of lookups that were hits over the last minute, the last hour and since start, from counts that only grow. They are noted once a
 * second, so that counting itself costs nothing more.
 */
public final class HitRate {
    private static final int KEPT = (int) Duration.ofHours(1).toSeconds();
    private static final int MINUTE = 60;

    private final LongSupplier hits;
    private final LongSupplier lookups;
    private final long[] hitsAt = new long[KEPT];
    private final long[] lookupsAt = new long[KEPT];
    private long ticks;

    public HitRate(LongSupplier hits, LongSupplier lookups) {
        this.hits = hits;
        this.lookups = lookups;
    }

    /** To be called once a second. */
    public synchronized void tick() {
        int at = (int) (ticks % KEPT);
        hitsAt[at] = hits.getAsLong();
        lookupsAt[at] = lookups.getAsLong();
        ticks++;
    }

    /** {@code last_minute}, {@code last_hour} and {@code since_start}, each from 0 to 1; 0 where nothing was looked up. */
    public synchronized Map<String, Object> snapshot() {
        Map<String, Object> rates = new LinkedHashMap<>();
        rates.put("last_minute", since(MINUTE));
        rates.put("last_hour", since(KEPT));
        rates.put("since_start", rate(hits.getAsLong(), lookups.getAsLong()));
        return rates;
    }

    private BigDecimal since(int seconds) {
        long before = ticks - seconds;
        if (before < 0) {
            return rate(hits.getAsLong(), lookups.getAsLong());
        }
        int at = (int) (before % KEPT);
        return rate(hits.getAsLong() - hitsAt[at], lookups.getAsLong() - lookupsAt[at]);
    }

    private static BigDecimal rate(long hits, long lookups) {
        return BigDecimal.valueOf(lookups == 0 ? 0 : (double) Math.min(hits, lookups) / lookups)
                .setScale(4, RoundingMode.HALF_UP);
    }
}
