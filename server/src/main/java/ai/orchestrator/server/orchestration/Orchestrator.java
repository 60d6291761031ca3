package ai.orchestrator.server.orchestration;

import ai.orchestrator.plugin.Hops;
import ai.orchestrator.plugin.cache.CacheKey;
import ai.orchestrator.plugin.classify.Classification;
import ai.orchestrator.plugin.classify.ComplexityClassifier;
import ai.orchestrator.plugin.model.ModelInfo;
import ai.orchestrator.plugin.model.Prompt;
import ai.orchestrator.plugin.model.ResponseFormat;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one pipeline that every surface feeds: {@link #answer} is the request's side of it, {@link #produce} the answer's. */
public final class Orchestrator implements Answers {
    private static final Logger LOG = LoggerFactory.getLogger(Orchestrator.class);

    /** How often the cache is asked when answers land meanwhile, one of which may be to the same request. */
    private static final int MAX_LOOKS = 3;

    private final Supplier<? extends RoutingRules> rulesInForce;
    private final ResponseCache cache;
    private final ComplexityClassifier classifier;
    private final WebSearch webSearch;
    private final ModelChoice choice;
    private final ModelCaller caller;
    private final CostLedger ledger;
    private final Stats stats;
    private final Clock clock;
    private final InFlight inFlight;

    /** @param mostAtOnce how many answers may be in the making at once; one more is refused, but for stored ones and those that others wait for, too */
    public Orchestrator(
            Supplier<? extends RoutingRules> rules,
            ResponseCache cache,
            ComplexityClassifier classifier,
            WebSearch webSearch,
            ModelCatalog catalog,
            ModelCaller caller,
            CostLedger ledger,
            Stats stats,
            int mostAtOnce,
            Clock clock) {
        this.inFlight = new InFlight(mostAtOnce);
        this.rulesInForce = rules;
        this.cache = cache;
        this.classifier = classifier;
        this.webSearch = webSearch;
        this.choice = new ModelChoice(catalog);
        this.caller = caller;
        this.ledger = ledger;
        this.stats = stats;
        this.clock = clock;
    }

    @Override
    public void answer(ChatRequest request, AnswerSink sink) {
        CountingSink counted = new CountingSink(request, sink, stats, ledger);
        // once, so that an answer is looked up, made and stored by the same rules even if others come into force
        // meanwhile
        RoutingRules rules = rulesInForce.get();
        try {
            ModelIdentity model = choice.identify(request, rules);
            RequestPolicy policy = rules.policy(request);
            CacheStatus mode = mode(request, policy);
            if (mode == CacheStatus.BYPASS) {
                follow(inFlight.alone(producer(request, rules, answer -> {})), mode, Optional.empty(), counted);
                return;
            }

            RequestFingerprint fingerprint = cache.fingerprint(request, model, policy.scope());
            if (mode == CacheStatus.REFRESH) {
                Consumer<StoredAnswer> replace =
                        answer -> cache.replace(fingerprint, model.name(), answer, policy, tags(request, policy));
                follow(inFlight.alone(producer(request, rules, replace)), mode, Optional.of(fingerprint), counted);
                return;
            }

            Consumer<StoredAnswer> keep =
                    answer -> cache.store(fingerprint, model.name(), answer, policy, tags(request, policy));
            Consumer<Flight> producer = producer(request, rules, keep);
            Optional<InFlight.Seat> seat = Optional.empty();
            for (int look = 1; seat.isEmpty(); look++) {
                long landed = inFlight.landed();
                var hit = cache.find(fingerprint, policy, request.cacheControl());
                if (hit.isPresent()) {
                    replay(hit.get(), fingerprint, counted);
                    return;
                }
                if (request.cacheControl().onlyIfCached()) {
                    throw new AnswerFailure(AnswerFailure.Kind.NOT_CACHED, "no stored answer to this request");
                }
                seat = inFlight.join(fingerprint, look < MAX_LOOKS ? landed : inFlight.landed(), producer);
            }
            share(seat.get(), producer, fingerprint, counted);
        } catch (RuntimeException e) {
            counted.failed(e);
            throw e;
        }
    }

    /** What makes an answer, told how many servers the request has passed. */
    private Consumer<Flight> producer(ChatRequest request, RoutingRules rules, Consumer<StoredAnswer> keep) {
        String hops = Hops.passed();
        return flight -> Hops.run(hops, () -> produce(request, rules, flight, keep));
    }

    /** Makes an answer, on the flight's own thread: the rest of the pipeline. */
    private void produce(ChatRequest request, RoutingRules rules, Flight flight, Consumer<StoredAnswer> keep) {
        Optional<Classification> complexity = rules.needsComplexity(request)
                ? Optional.of(classifier.classify(Questions.of(request)))
                : Optional.empty();
        RoutePlan plan = rules.plan(request, complexity);
        TimeLimit limit = TimeLimit.from(System.nanoTime(), plan.deadline());
        List<ModelInfo> models = choice.resolve(plan, request);
        long outside = System.nanoTime();
        WebSearch.Findings findings = plan.search()
                ? webSearch.enrich(request, limit.left(outside))
                : context -> new WebSearch.Enrichment(request.prompt(), List.of(), "");
        Function<ModelInfo, WebSearch.Enrichment> enriched =
                model -> findings.forContext(ModelContext.tokens(model, request));

        flight.requireFollowers();
        Prompt dearest = findings.forContext(ModelContext.most(models, request)).prompt();
        Ended end;
        try (CostLedger.Reservation money = ledger.reserve(request, plan, models, dearest)) {
            Call call = new Call(plan, enriched, money, flight, enrichment -> text(request, plan, enrichment));
            try {
                caller.stream(
                        money.models(),
                        call::chose,
                        model -> request.toModelRequest(
                                model.name(), enriched.apply(model).prompt(), limit.left(System.nanoTime())),
                        call);
            } catch (RuntimeException e) {
                call.broke();
                throw e;
            }
            end = call.settle(Duration.ofNanos(System.nanoTime() - outside));
            if (!money.restricted()) {
                keep(call.answer(clock.instant()), keep);
            }
        }
        flight.complete(end);
    }

    /** Found text can make a model write what no reader should meet; a form that a program reads has no citations to check. */
    private AnswerText text(ChatRequest request, RoutePlan plan, WebSearch.Enrichment enrichment) {
        return enrichment.sources().isEmpty() || !(request.format() instanceof ResponseFormat.Text)
                ? AnswerText.asItIs()
                : webSearch.checked(enrichment.sources(), plan.listSources());
    }

    /** An answer that cannot be stored is still an answer. */
    private static void keep(StoredAnswer answer, Consumer<StoredAnswer> keep) {
        if (!answer.worthKeeping()) {
            return;
        }
        try {
            keep.accept(answer);
        } catch (RuntimeException e) {
            LOG.error("an answer could not be stored by a fault of this server", e);
        }
    }

    /** Follows a flight, or a new one where the budget of whoever started it forbids the answer: it is not this caller's. */
    private void share(
            InFlight.Seat seat, Consumer<Flight> producer, RequestFingerprint fingerprint, CountingSink sink) {
        try {
            CacheStatus status = seat.joined() ? CacheStatus.SHARED : CacheStatus.MISS;
            follow(seat, status, Optional.of(fingerprint), sink);
        } catch (AnswerFailure e) {
            if (!seat.joined() || e.kind() != AnswerFailure.Kind.OVER_BUDGET) {
                throw e;
            }
            follow(inFlight.alone(producer), CacheStatus.MISS, Optional.of(fingerprint), sink);
        }
    }

    private static void follow(
            InFlight.Seat seat, CacheStatus status, Optional<RequestFingerprint> fingerprint, CountingSink sink) {
        Optional<CacheKey> key = fingerprint.map(RequestFingerprint::key);
        Ended end = seat.flight().follow(sink, known -> known.start(status, Optional.empty(), Optional.empty(), key));
        sink.end(seat.joined() ? Optional.of(BigDecimal.ZERO) : end.cost(), end.outside());
    }

    private static void replay(ResponseCache.Hit hit, RequestFingerprint fingerprint, CountingSink sink) {
        StoredAnswer answer = hit.answer();
        sink.start(Begun.of(answer)
                .start(
                        CacheStatus.HIT,
                        Optional.of(hit.tier()),
                        Optional.of(hit.age()),
                        Optional.of(fingerprint.key())));
        answer.events().forEach(sink::event);
        sink.end(Optional.of(BigDecimal.ZERO), Duration.ZERO);
    }

    private static CacheStatus mode(ChatRequest request, RequestPolicy policy) {
        CacheControl asked = request.cacheControl();
        boolean fresh = !policy.cacheable() || asked.noStore();
        if (asked.onlyIfCached() && (fresh || asked.noCache())) {
            throw new AnswerFailure(AnswerFailure.Kind.NOT_CACHED, "no stored answer may be used for this request");
        }
        if (fresh) {
            return CacheStatus.BYPASS;
        }
        return asked.noCache() ? CacheStatus.REFRESH : CacheStatus.MISS;
    }

    private static Set<String> tags(ChatRequest request, RequestPolicy policy) {
        Set<String> tags = new HashSet<>(policy.tags());
        tags.addAll(request.cacheControl().tags());
        return Set.copyOf(tags);
    }
}
