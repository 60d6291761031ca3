package ai.orchestrator.server.routing;

import static ai.orchestrator.server.routing.Condition.Looks.AT_VERDICT;

import ai.orchestrator.plugin.classify.Classification;
import ai.orchestrator.server.orchestration.AnswerFailure;
import ai.orchestrator.server.orchestration.ChatRequest;
import ai.orchestrator.server.orchestration.ModelName;
import ai.orchestrator.server.orchestration.RequestPolicy;
import ai.orchestrator.server.orchestration.RoutePlan;
import ai.orchestrator.server.orchestration.RoutingRules;
import ai.orchestrator.server.orchestration.RuleCheck;
import ai.orchestrator.server.search.TimeWords;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The rules of a {@code routes.yaml}. The first rule that matches and names a model has the request answered; the first one that matches
 * and has a {@code cache} part says how the answer is kept.
 */
public final class YamlRoutingRules implements RoutingRules {
    private final List<Rule> rules;
    private final List<Rule> targeting;
    private final List<Rule> caching;
    private final Map<String, String> digests = new HashMap<>();
    private final String fingerprint;

    private YamlRoutingRules(List<Rule> rules) {
        this.rules = rules;
        this.targeting =
                rules.stream().filter(rule -> rule.target().isPresent()).toList();
        this.caching = rules.stream().filter(rule -> rule.caching().isPresent()).toList();
        targeting.forEach(rule -> digests.put(rule.name(), RulesDigest.ofChoice(rule)));
        this.fingerprint = RulesDigest.of(rules);
    }

    /**
     * Reads and checks a file.
     *
     * @param environment fills the file's placeholders
     * @throws InvalidRoutesException if it cannot be read or anything in it is wrong, with all that is
     */
    public static YamlRoutingRules load(Path file, Map<String, String> environment) {
        return RulesText.of(file).parse(environment);
    }

    /**
     * Checks a file's text.
     *
     * @param name the file, for messages
     * @param environment fills the file's placeholders
     * @throws InvalidRoutesException if anything in it is wrong, with all that is
     */
    public static YamlRoutingRules parse(String name, String yaml, Map<String, String> environment) {
        return new YamlRoutingRules(RulesReader.read(name, yaml, environment, new TimeWords(InstantSource.system())));
    }

    @Override
    public RequestPolicy policy(ChatRequest request) {
        Subject subject = Subject.of(request, Optional.empty());
        return caching.stream()
                .filter(rule -> rule.matches(subject))
                .flatMap(rule -> rule.caching().stream())
                .findFirst()
                .orElse(Caching.DEFAULT)
                .policy(request.caller());
    }

    @Override
    public boolean needsComplexity(ChatRequest request) {
        Subject subject = Subject.of(request, Optional.empty());
        return targeting.stream()
                .filter(rule -> rule.mayMatch(subject, AT_VERDICT))
                .findFirst()
                .filter(rule -> rule.looks(AT_VERDICT))
                .isPresent();
    }

    @Override
    public RoutePlan plan(ChatRequest request, Optional<Classification> classification) {
        Subject subject = Subject.of(request, classification);
        for (Rule rule : targeting) {
            Optional<Target> target = rule.target();
            if (target.isPresent() && rule.matches(subject)) {
                return plan(rule.name(), target.get(), subject);
            }
        }
        throw noRoute(subject);
    }

    @Override
    public Reach reach(ChatRequest request) {
        Subject subject = Subject.of(request, Optional.empty());
        List<String> reached = new ArrayList<>();
        Set<String> models = new LinkedHashSet<>();
        boolean chosen = subject.auto();
        for (Rule rule : targeting) {
            Optional<Target> target = rule.target();
            if (target.isEmpty() || !rule.mayMatch(subject, AT_VERDICT)) {
                continue;
            }
            reached.add(digests.getOrDefault(rule.name(), ""));
            chosen |= !target.get().asRequested();
            target.get().models().forEach(model -> models.add(model.full()));
            if (target.get().asRequested()) {
                subject.model().ifPresent(models::add);
            }
            target.get().fallbacks().forEach(fallback -> models.add(fallback.full()));
            if (!rule.looks(AT_VERDICT)) {
                break; // it matches for certain, so none after it does
            }
        }
        return new Reach(reached, List.copyOf(models), chosen);
    }

    @Override
    public List<RuleCheck> explain(ChatRequest request, Optional<Classification> classification) {
        Subject subject = Subject.of(request, classification);
        Optional<Rule> answering = firstMatch(targeting, subject);
        Optional<Rule> keeping = firstMatch(caching, subject);
        return rules.stream()
                .map(rule -> new RuleCheck(
                        rule.name(),
                        rule.unmet(subject),
                        answering.filter(rule::equals).isPresent(),
                        keeping.filter(rule::equals).isPresent()))
                .toList();
    }

    @Override
    public String fingerprint() {
        return fingerprint;
    }

    /** All of them, in order. */
    List<Rule> rules() {
        return rules;
    }

    private static Optional<Rule> firstMatch(List<Rule> among, Subject subject) {
        return among.stream().filter(rule -> rule.matches(subject)).findFirst();
    }

    private static RoutePlan plan(String route, Target target, Subject subject) {
        List<String> choices = target.asRequested() ? List.of(requested(subject)) : texts(target.models());
        return new RoutePlan(
                route,
                choices,
                texts(target.fallbacks()),
                target.search(),
                target.listSources(),
                target.deadline(),
                target.budget());
    }

    private static List<String> texts(List<ModelName> names) {
        return names.stream().map(Object::toString).distinct().toList();
    }

    private static String requested(Subject subject) {
        if (subject.auto()) {
            throw noRoute(subject);
        }
        return subject.model()
                .orElseThrow(() -> new AnswerFailure(AnswerFailure.Kind.BAD_MODEL_NAME, "invalid model name"));
    }

    private static AnswerFailure noRoute(Subject subject) {
        return new AnswerFailure(
                AnswerFailure.Kind.NO_ROUTE,
                "the routing rules lead nowhere for model '" + subject.request().model() + "'");
    }
}
