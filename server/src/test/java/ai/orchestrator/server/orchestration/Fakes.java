package ai.orchestrator.server.orchestration;

import ai.orchestrator.plugin.cache.CacheKey;
import ai.orchestrator.plugin.cache.CacheSelector;
import ai.orchestrator.plugin.classify.Classification;
import ai.orchestrator.plugin.classify.Complexity;
import ai.orchestrator.plugin.embed.EmbeddingRequest;
import ai.orchestrator.plugin.embed.EmbeddingResult;
import ai.orchestrator.plugin.model.Capability;
import ai.orchestrator.plugin.model.FinishReason;
import ai.orchestrator.plugin.model.ModelDescription;
import ai.orchestrator.plugin.model.ModelEvent;
import ai.orchestrator.plugin.model.ModelEvents;
import ai.orchestrator.plugin.model.ModelInfo;
import ai.orchestrator.plugin.model.ModelRequest;
import ai.orchestrator.plugin.model.Prompt;
import ai.orchestrator.plugin.model.SamplingOptions;
import ai.orchestrator.plugin.model.Usage;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;

/** Hand-written parts of a pipeline, each recording what it was asked. */
final class Fakes {
    static final String LOCAL = "small:latest";
    static final String CLOUD = "big:latest";
    static final Usage USAGE = new Usage(
            10, 0, 2, Duration.ZERO, Duration.ofMillis(1), Duration.ofMillis(2), Optional.of(BigDecimal.ZERO), "");
    static final ModelEvent.Finished FINISHED = new ModelEvent.Finished(FinishReason.STOP, USAGE);

    private Fakes() {}

    static ModelInfo model(String name) {
        return new ModelInfo(
                name,
                "0".repeat(64),
                1,
                Instant.EPOCH,
                "gguf",
                List.of("llama"),
                "1M",
                "F32",
                OptionalInt.of(128),
                OptionalInt.empty(),
                Set.of(Capability.COMPLETION),
                Optional.empty(),
                Optional.empty());
    }

    /** Two models, of which tests may take one away. */
    static final class Catalog implements ModelCatalog {
        final Map<String, ModelInfo> models = new LinkedHashMap<>(Map.of(LOCAL, model(LOCAL), CLOUD, model(CLOUD)));

        @Override
        public List<ModelInfo> list() {
            return List.copyOf(models.values());
        }

        @Override
        public Optional<ModelInfo> find(String name) {
            return ModelName.parse(name).map(parsed -> models.get(parsed.full()));
        }

        @Override
        public Optional<String> whyMissing(String name) {
            return Optional.of(name + " is not here: fetch it");
        }

        @Override
        public ModelDescription describe(ModelInfo model) {
            return new ModelDescription("", "", "", "", "", "{}");
        }

        @Override
        public void load(ModelInfo model, SamplingOptions options, Optional<Duration> keepAlive) {}

        @Override
        public void unload(ModelInfo model) {}

        @Override
        public List<Running> running() {
            return List.of();
        }

        @Override
        public EmbeddingResult embed(EmbeddingRequest request) {
            return new EmbeddingResult(List.of(), 0, Duration.ZERO);
        }
    }

    /** {@code auto} goes by complexity as shipped; any other name as asked. */
    static final class Rules implements RoutingRules {
        RequestPolicy policy = RequestPolicy.DEFAULT;

        @Override
        public RequestPolicy policy(ChatRequest request) {
            return policy;
        }

        @Override
        public boolean needsComplexity(ChatRequest request) {
            return request.routed();
        }

        @Override
        public RoutePlan plan(ChatRequest request, Optional<Classification> classification) {
            if (classification.isEmpty()) {
                String full = ModelName.parse(request.model()).orElseThrow().full();
                return new RoutePlan("as-asked", List.of(full), false, Optional.empty());
            }
            return switch (classification.get().complexity()) {
                case LOW -> new RoutePlan("low", List.of(LOCAL), false, Optional.empty());
                case MEDIUM -> new RoutePlan("medium", List.of(LOCAL), true, Optional.empty());
                case HIGH -> new RoutePlan("high", List.of(CLOUD, LOCAL), true, Optional.empty());
            };
        }

        @Override
        public List<RuleCheck> explain(ChatRequest request, Optional<Classification> classification) {
            return List.of();
        }

        @Override
        public Reach reach(ChatRequest request) {
            return request.routed()
                    ? new Reach(List.of(fingerprint()), List.of(LOCAL, CLOUD), true)
                    : new Reach(
                            List.of(),
                            List.of(ModelName.parse(request.model())
                                    .orElseThrow()
                                    .full()),
                            false);
        }

        @Override
        public String fingerprint() {
            return "f".repeat(64);
        }
    }

    /** Keeps answers in a map, under fingerprints made of the request's model and question. */
    static final class Cache implements ResponseCache {
        final Map<RequestFingerprint, StoredAnswer> answers = new ConcurrentHashMap<>();
        final List<Set<String>> tags = new CopyOnWriteArrayList<>();
        volatile boolean broken;

        @Override
        public RequestFingerprint fingerprint(ChatRequest request, ModelIdentity model, String scope) {
            String text = model + scope + request.question();
            return new RequestFingerprint(new CacheKey(0, text.hashCode()), text.getBytes());
        }

        @Override
        public Optional<Hit> find(RequestFingerprint fingerprint, RequestPolicy policy, CacheControl asked) {
            return Optional.ofNullable(answers.get(fingerprint))
                    .map(answer -> new Hit(answer, "memory", Duration.ofSeconds(3)));
        }

        @Override
        public void store(
                RequestFingerprint fingerprint,
                String requestedModel,
                StoredAnswer answer,
                RequestPolicy policy,
                Set<String> entryTags) {
            if (broken) {
                throw new IllegalStateException("cannot store");
            }
            answers.put(fingerprint, answer);
            tags.add(entryTags);
        }

        @Override
        public void replace(
                RequestFingerprint fingerprint,
                String requestedModel,
                StoredAnswer answer,
                RequestPolicy policy,
                Set<String> entryTags) {
            store(fingerprint, requestedModel, answer, policy, entryTags);
        }

        @Override
        public List<String> tiers() {
            return List.of("memory");
        }

        @Override
        public Removal remove(CacheKey key, Optional<String> scope) {
            return new Removal(0, List.of());
        }

        @Override
        public Removal removeAll(CacheSelector selector, Optional<String> tier) {
            return new Removal(0, List.of());
        }
    }

    /** Has each model answer by a script. */
    static final class Caller implements ModelCaller {
        final List<ModelRequest> calls = new CopyOnWriteArrayList<>();
        BiConsumer<ModelRequest, ModelEvents> script = (request, events) -> {
            events.emit(new ModelEvent.Text("Hi"));
            events.emit(new ModelEvent.Text("!"));
            events.emit(FINISHED);
        };

        @Override
        public void stream(
                List<ModelInfo> models,
                Consumer<ModelInfo> chosen,
                Function<ModelInfo, ModelRequest> request,
                ModelEvents events) {
            chosen.accept(models.getFirst());
            ModelRequest call = request.apply(models.getFirst());
            calls.add(call);
            script.accept(call, events);
        }
    }

    /** Finds one source for everything. */
    static final class Search implements WebSearch {
        /** When all that it finds is too old. */
        static final Instant EXPIRES = Instant.parse("2100-01-01T00:00:00Z");

        @Override
        public Report search(String query, int maxResults) {
            return new Report(List.of(), List.of(), Duration.ZERO);
        }

        @Override
        public Findings enrich(ChatRequest request, Optional<Duration> left) {
            return context -> new Enrichment(
                    Prompt.user("evidence for " + request.question()),
                    List.of(new Source(1, "doc:a", "A")),
                    "local=1",
                    Optional.of(EXPIRES.plusNanos(1)));
        }

        /** What it says below an answer. */
        static final String BELOW = "\n\nSources:";

        /** Takes out exclamation marks, and holds dots back. */
        @Override
        public AnswerText checked(List<Source> sources, boolean listed) {
            return new AnswerText() {
                private String held = "";

                @Override
                public String next(String piece) {
                    String text = held + piece.replace("!", "");
                    held = text.endsWith(".") ? "." : "";
                    return text.substring(0, text.length() - held.length());
                }

                @Override
                public String end() {
                    String rest = held;
                    held = "";
                    return rest;
                }

                @Override
                public String below() {
                    return listed ? BELOW : "";
                }
            };
        }
    }

    /** Books into lists. */
    static final class Ledger implements CostLedger {
        final List<String> booked = new CopyOnWriteArrayList<>();
        final AtomicInteger closed = new AtomicInteger();
        volatile int passedOver;
        volatile Predicate<ChatRequest> forbids = request -> false;

        @Override
        public Reservation reserve(ChatRequest request, RoutePlan plan, List<ModelInfo> models, Prompt prompt) {
            if (forbids.test(request)) {
                throw new AnswerFailure(AnswerFailure.Kind.OVER_BUDGET, "no money");
            }
            return new Reservation() {
                @Override
                public List<ModelInfo> models() {
                    return models.subList(passedOver, models.size());
                }

                @Override
                public boolean restricted() {
                    return passedOver > 0;
                }

                @Override
                public Optional<BigDecimal> settle(ModelInfo model, Usage usage, Arrived arrived) {
                    booked.add("settled " + model.name());
                    return usage.costUsd();
                }

                @Override
                public void settleBroken(ModelInfo model, Arrived arrived) {
                    booked.add("broken " + model.name() + " after " + arrived.pieces());
                }

                @Override
                public Consumer<Usage> lateBill(ModelInfo model) {
                    return usage -> booked.add("told late " + model.name());
                }

                @Override
                public void close() {
                    closed.incrementAndGet();
                }
            };
        }

        @Override
        public Optional<BigDecimal> wouldHaveCost(int promptTokens, int completionTokens) {
            return Optional.of(new BigDecimal("0.5"));
        }
    }

    /** Keeps what is counted. */
    static final class Counts implements Stats {
        final List<Answered> answered = new CopyOnWriteArrayList<>();
        final List<Boolean> failures = new CopyOnWriteArrayList<>();

        @Override
        public void record(Answered one) {
            answered.add(one);
        }

        @Override
        public void recordFailure(Duration took, boolean cancelled) {
            failures.add(cancelled);
        }
    }

    /** Keeps what it is sent. */
    static class Sink implements AnswerSink {
        final List<AnswerStart> starts = new ArrayList<>();
        final List<ModelEvent> events = new ArrayList<>();
        final List<AnswerEnd> ends = new ArrayList<>();

        @Override
        public void start(AnswerStart start) {
            starts.add(start);
        }

        @Override
        public void event(ModelEvent event) {
            events.add(event);
        }

        @Override
        public void end(AnswerEnd end) {
            ends.add(end);
        }

        String text() {
            StringBuilder text = new StringBuilder();
            events.forEach(event -> {
                if (event instanceof ModelEvent.Text(String piece, var _)) {
                    text.append(piece);
                }
            });
            return text.toString();
        }
    }

    /** A pipeline of fakes. */
    static final class Pipeline {
        static final int MOST = 3;

        final Rules rules = new Rules();
        final Cache cache = new Cache();
        final Catalog catalog = new Catalog();
        final Caller caller = new Caller();
        final Ledger ledger = new Ledger();
        final Counts counts = new Counts();
        Complexity complexity = Complexity.LOW;
        final Orchestrator orchestrator = new Orchestrator(
                () -> rules,
                cache,
                question -> new Classification(complexity, 1, List.of("a test says so")),
                new Search(),
                catalog,
                caller,
                ledger,
                counts,
                MOST,
                Clock.systemUTC());

        Sink answer(ChatRequest request) {
            Sink sink = new Sink();
            orchestrator.answer(request, sink);
            return sink;
        }
    }

    static ChatRequest ask(String model, String question) {
        return ChatRequest.of("r1", model, Prompt.user(question));
    }
}
