package ai.orchestrator.model.openrouter;

import ai.orchestrator.plugin.model.ModelInfo;
import ai.orchestrator.plugin.model.Price;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is on offer now, by the last list that could be read, with prices that change by the time of the day. */
final class OfferOfTheTime {
    private static final Logger LOG = LoggerFactory.getLogger(OfferOfTheTime.class);

    /** How many times dearer a model has become is worth a warning. */
    private static final BigDecimal LEAP = BigDecimal.TEN;

    private final String name;
    private final ModelOffer offer;
    private final Clock clock;
    private volatile Known known;

    /** @param minute for which the models are described */
    private record Known(Map<String, ListedModel> listed, boolean changing, Instant minute, List<ModelInfo> models) {}

    /** @param name the provider's, for the log */
    OfferOfTheTime(String name, ModelOffer offer, Clock clock) {
        this.name = name;
        this.offer = offer;
        this.clock = clock;
        known = known(Map.of());
    }

    List<ModelInfo> models() {
        Known now = known;
        return now.changing() && !minute().equals(now.minute()) ? ofThisMinute() : now.models();
    }

    private synchronized List<ModelInfo> ofThisMinute() {
        known = known(known.listed());
        return known.models();
    }

    /** What the list says of a model, by OpenRouter's name. */
    ListedModel listed(String id) {
        return known.listed().getOrDefault(id, ListedModel.UNKNOWN);
    }

    /** Takes a new list. */
    synchronized void learn(Map<String, ListedModel> listed) {
        Known before = known;
        Known now = known(listed);
        known = now;
        for (int i = 0; i < now.models().size(); i++) {
            compare(before.models().get(i), now.models().get(i));
        }
    }

    private Known known(Map<String, ListedModel> listed) {
        boolean changing =
                listed.values().stream().anyMatch(model -> model.pricing().changesByTime());
        Instant minute = minute();
        return new Known(Map.copyOf(listed), changing, minute, offer.describe(listed, minute));
    }

    private Instant minute() {
        return clock.instant().truncatedTo(ChronoUnit.MINUTES);
    }

    /** Prices change; that one becomes ten times what it was, or that nobody knows it any more, is for the operator to know. */
    private void compare(ModelInfo before, ModelInfo now) {
        if (before.price().equals(now.price())
                || before.price().filter(Price.unknown()::equals).isPresent()) {
            return;
        }
        Optional<BigDecimal> old = million(before);
        Optional<BigDecimal> current = million(now);
        boolean leap = current.isEmpty()
                || current.get().compareTo(old.orElse(BigDecimal.ZERO).multiply(LEAP)) > 0;
        String was = old.map(BigDecimal::toPlainString).orElse("unknown");
        String is = current.map(BigDecimal::toPlainString).orElse("unknown");
        if (leap) {
            LOG.warn(
                    "{}: a million tokens read and written by {} cost {} US dollars now, {} before",
                    name,
                    now.name(),
                    is,
                    was);
        } else {
            LOG.info(
                    "{}: a million tokens read and written by {} cost {} US dollars now, {} before",
                    name,
                    now.name(),
                    is,
                    was);
        }
    }

    private static Optional<BigDecimal> million(ModelInfo model) {
        return model.price()
                .map(price -> price.prompt()
                        .flatMap(read -> price.completion().map(read::add))
                        .map(sum -> sum.movePointRight(6).stripTrailingZeros()))
                .orElse(Optional.of(BigDecimal.ZERO));
    }
}
