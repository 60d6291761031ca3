package ai.orchestrator.server.orchestration;

import ai.orchestrator.plugin.model.Capability;
import ai.orchestrator.plugin.model.Message;
import ai.orchestrator.plugin.model.ModelInfo;
import ai.orchestrator.plugin.model.Price;
import ai.orchestrator.plugin.model.Prompt;
import ai.orchestrator.plugin.model.Thinking;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Chooses among models that the operator lets stand in for each other: the cheapest of those that can take the request comes first. */
public final class CheapestFirst {
    private static final Comparator<Optional<BigDecimal>> UNKNOWN_LAST =
            Comparator.comparing(cost -> cost.orElse(null), Comparator.nullsLast(Comparator.naturalOrder()));

    private final Set<Capability> needed;
    private final TokenEstimate tokens;

    private CheapestFirst(Set<Capability> needed, TokenEstimate tokens) {
        this.needed = needed;
        this.tokens = tokens;
    }

    /** For one request. */
    public static CheapestFirst of(ChatRequest request) {
        Set<Capability> needed = EnumSet.of(Capability.COMPLETION);
        if (!request.tools().isEmpty()) {
            needed.add(Capability.TOOLS);
        }
        if (request.prompt() instanceof Prompt.Chat(List<Message> messages)
                && messages.stream().anyMatch(message -> !message.images().isEmpty())) {
            needed.add(Capability.VISION);
        }
        if (request.prompt() instanceof Prompt.Insert) {
            needed.add(Capability.INSERT);
        }
        if (request.thinking() != Thinking.UNSET && request.thinking() != Thinking.OFF) {
            needed.add(Capability.THINKING);
        }
        return new CheapestFirst(needed, TokenEstimate.of(request));
    }

    /** Whether a model can do what the request asks for, and its context holds prompt and answer; one of unknown length does. */
    public boolean fits(ModelInfo model) {
        long length = (long) tokens.prompt() + tokens.completion();
        return model.capabilities().containsAll(needed) && model.contextLength().orElse(Integer.MAX_VALUE) >= length;
    }

    /** About what the request costs with a model, in US dollars; empty where its price is not known. */
    public Optional<BigDecimal> cost(ModelInfo model) {
        return tokens.cost(model.price().orElse(Price.perToken(BigDecimal.ZERO, BigDecimal.ZERO)));
    }

    /**
     * The models that fit, the cheapest first, one of unknown price last; those of equal cost stay in the given order. All of them, as given, where
     * none fits: the request is then refused in the first one's own words.
     */
    public List<ModelInfo> sort(List<ModelInfo> models) {
        List<ModelInfo> fitting = models.stream()
                .filter(this::fits)
                .sorted(Comparator.comparing(this::cost, UNKNOWN_LAST))
                .toList();
        return fitting.isEmpty() ? models : fitting;
    }
}
