package ai.orchestrator.server.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.orchestrator.plugin.classify.Complexity;
import ai.orchestrator.plugin.model.Prompt;
import ai.orchestrator.plugin.model.ResponseFormat;
import ai.orchestrator.server.orchestration.AnswerFailure;
import ai.orchestrator.server.orchestration.ChatRequest;
import ai.orchestrator.server.orchestration.RequestPolicy;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class YamlRoutingRulesTest {
    private static final String REST = """
              - name: auto
                when: {model: auto}
                then: {model: small}
              - name: rest
                then: {model: requested}
            """;

    private static YamlRoutingRules rules(String first) {
        return YamlRoutingRules.parse("routes.yaml", "routes:\n" + first.indent(2) + REST, Map.of());
    }

    /** The route of a request under a first rule with this condition. */
    private static String route(String when, ChatRequest request) {
        return rules("- {name: first, when: {" + when + "}, then: {model: special}}")
                .plan(request, Optional.empty())
                .route();
    }

    @ParameterizedTest
    @CsvSource({
        "mistral, Mistral:latest, first",
        "mistral, library/mistral, first",
        "mistral, mistral:7b, rest",
        "mistral:7b, mistral, rest",
        "gpt-4*, gpt-4o-mini, first",
        "gpt-*-mini, gpt-4o-mini, first",
        "gpt-*-mini, gpt-4o-mini:beta, rest",
        "'*:free', meta/llama-3:FREE, first",
        "'*', anything, first",
        "'*', not/a/legal/model/name, bad",
        "'[a, gpt-4]', gpt-4, first"
    })
    void aModelIsMatchedByNamePatternOrList(String wanted, String asked, String expected) {
        ChatRequest request = Requests.named(asked);
        String when = "model: " + (wanted.startsWith("[") ? wanted : "\"" + wanted + "\"");
        if (expected.equals("bad")) {
            assertThatThrownBy(() -> route(when, request))
                    .isInstanceOfSatisfying(AnswerFailure.class, failure -> assertThat(failure.kind())
                            .isEqualTo(AnswerFailure.Kind.BAD_MODEL_NAME));
        } else {
            assertThat(route(when, request)).isEqualTo(expected);
        }
    }

    @Test
    void aNameWithoutAModelBehindItCanBeBound() {
        YamlRoutingRules rules = rules("- {name: first, when: {model: gpt-4}, then: {model: Mistral, search: true}}");
        assertThat(rules.plan(Requests.named("GPT-4"), Optional.empty()).models())
                .containsExactly("mistral:latest");
    }

    @Test
    void fallbacksFollowTheModelAndNoneIsAskedTwice() {
        YamlRoutingRules rules = rules(
                "- {name: first, when: {model: big*}, then: {model: requested, fallbacks: [big, small, Big:latest], deadline: 90s}}");
        var plan = rules.plan(Requests.named("big"), Optional.empty());
        assertThat(plan.models()).containsExactly("big:latest", "small:latest");
        assertThat(plan.deadline()).contains(Duration.ofSeconds(90));
    }

    @Test
    void aRuleCanLimitWhatItsAnswersCost() {
        YamlRoutingRules rules = rules("- {name: first, when: {model: big}, then: {model: big, budget: 0.020}}");
        assertThat(rules.plan(Requests.named("big"), Optional.empty()).budget()).contains(new BigDecimal("0.020"));
        assertThat(rules.plan(Requests.named("small"), Optional.empty()).budget())
                .isEmpty();
    }

    @Test
    void aRuleCanHaveItsSourcesListed() {
        assertThat(listed("search: true, sources: list")).isTrue();
        assertThat(listed("search: true, sources: none")).isFalse();
        assertThat(listed("search: true")).isFalse();
        assertThat(listed("sources: none")).isFalse();
    }

    private static boolean listed(String then) {
        return rules("- {name: first, when: {model: big}, then: {model: big, " + then + "}}")
                .plan(Requests.named("big"), Optional.empty())
                .listSources();
    }

    @Test
    void answersWithAndWithoutAListOfSourcesAreNotTheSame() {
        List<String> thens = List.of("model: m", "model: m, search: true", "model: m, search: true, sources: list");
        List<YamlRoutingRules> all = thens.stream()
                .map(then -> rules("- {name: first, when: {model: [auto, big]}, then: {" + then + "}}"))
                .toList();
        assertThat(all).extracting(YamlRoutingRules::fingerprint).doesNotHaveDuplicates();
        assertThat(all)
                .extracting(rules -> rules.reach(Requests.named("big")).digests())
                .doesNotHaveDuplicates();
    }

    @Test
    void headersAreMatchedInAnyCaseAndAllHaveToHold() {
        String when = "headers: {X-Team: [research*, ops], User-Agent: \"*webui*\"}";
        assertThat(route(when, Requests.from("", Map.of("x-team", "Research-EU", "user-agent", "Open-WebUI/1"))))
                .isEqualTo("first");
        assertThat(route(when, Requests.from("", Map.of("x-team", "research")))).isEqualTo("rest");
        assertThat(route(when, Requests.from("", Map.of("x-team", "sales", "user-agent", "webui"))))
                .isEqualTo("rest");
    }

    @Test
    void aKeyIsMatchedByItsTenant() {
        assertThat(route("api_key: [acme, beta]", Requests.from("beta", Map.of())))
                .isEqualTo("first");
        assertThat(route("api_key: [acme, beta]", Requests.from("", Map.of()))).isEqualTo("rest");
    }

    @Test
    void lengthCountsTheWholePrompt() {
        ChatRequest insert = ChatRequest.of("r1", "mistral", new Prompt.Insert("12345", "67890"));
        assertThat(route("prompt_chars_above: 9", insert)).isEqualTo("first");
        assertThat(route("prompt_chars_above: 10", insert)).isEqualTo("rest");
        assertThat(route("prompt_chars_below: 11", insert)).isEqualTo("first");
        assertThat(route("prompt_chars_below: 10", insert)).isEqualTo("rest");
    }

    @Test
    void temperatureCountsOnlyWhereItIsSent() {
        assertThat(route("temperature_above: 0.7", Requests.atTemperature(0.8))).isEqualTo("first");
        assertThat(route("temperature_above: 0.7", Requests.atTemperature(0.7))).isEqualTo("rest");
        assertThat(route("temperature_above: 0", Requests.named("mistral"))).isEqualTo("rest");
    }

    @Test
    void kindsOfRequestsAreToldApart() {
        assertThat(route("tools: true", Requests.withTool())).isEqualTo("first");
        assertThat(route("tools: false", Requests.withTool())).isEqualTo("rest");
        assertThat(route("images: true", Requests.withImage())).isEqualTo("first");
        assertThat(route("images: true", Requests.withTool())).isEqualTo("rest");
        assertThat(route("structured: true", Requests.inFormat(new ResponseFormat.Json())))
                .isEqualTo("first");
        assertThat(route("structured: true", Requests.inFormat(ResponseFormat.text())))
                .isEqualTo("rest");
        assertThat(route("time_sensitive: true", Requests.asking("mistral", "What is the weather today?")))
                .isEqualTo("first");
        assertThat(route("time_sensitive: true", Requests.asking("mistral", "What is a fold?")))
                .isEqualTo("rest");
    }

    @Test
    void confidenceSplitsAComplexity() {
        YamlRoutingRules rules = rules("""
                - name: unsure
                  when: {model: auto, complexity: [low, medium], confidence_below: 0.6}
                  then: {model: middle}
                - name: sure
                  when: {confidence_above: 0.9}
                  then: {model: tiny}
                """);
        ChatRequest auto = Requests.named("auto");
        assertThat(rules.plan(auto, Requests.verdict(Complexity.LOW, 0.5)).route())
                .isEqualTo("unsure");
        assertThat(rules.plan(auto, Requests.verdict(Complexity.LOW, 0.6)).route())
                .isEqualTo("auto");
        assertThat(rules.plan(auto, Requests.verdict(Complexity.LOW, 0.95)).route())
                .isEqualTo("sure");
        assertThat(rules.plan(auto, Requests.verdict(Complexity.HIGH, 0.5)).route())
                .isEqualTo("auto");
    }

    @Test
    void aQuestionIsClassifiedOnlyIfARuleThatItMayMeetAsksForIt() {
        YamlRoutingRules rules = rules("""
                - {name: pictures, when: {images: true}, then: {model: eyes}}
                - {name: hard, when: {model: "m*", complexity: high}, then: {model: large}}
                """);
        assertThat(rules.needsComplexity(Requests.named("mistral"))).isTrue();
        assertThat(rules.needsComplexity(Requests.named("auto"))).isFalse();
        assertThat(rules.needsComplexity(Requests.withImage())).isFalse();
    }

    @Test
    void withoutACachePartEntriesBelongToTheTenant() {
        assertThat(rules("").policy(Requests.from("acme", Map.of())))
                .isEqualTo(new RequestPolicy(true, "acme", Optional.empty(), Map.of(), Set.of()));
        assertThat(rules("").policy(Requests.named("mistral"))).isEqualTo(RequestPolicy.DEFAULT);
    }

    @Test
    void theFirstCachePartThatMatchesSaysHowAnswersAreKept() {
        YamlRoutingRules rules = rules("""
                - name: fresh
                  when: {temperature_above: 1}
                  then: {cache: {store: false}}
                - name: named
                  when: {model: "mistral*"}
                  then: {model: requested}
                - name: kept
                  when: {model: [mistral, auto]}
                  then:
                    cache: {ttl: 2h, tier_ttl: {redis: 10m, sqlite: 7d}, scope: shared, tags: [faq, eu]}
                """);
        assertThat(rules.policy(Requests.atTemperature(1.1)).cacheable()).isFalse();
        assertThat(rules.policy(Requests.from("acme", Map.of())))
                .isEqualTo(new RequestPolicy(
                        true,
                        "",
                        Optional.of(Duration.ofHours(2)),
                        Map.of("redis", Duration.ofMinutes(10), "sqlite", Duration.ofDays(7)),
                        Set.of("faq", "eu")));
        assertThat(rules.policy(Requests.named("llama3"))).isEqualTo(RequestPolicy.DEFAULT);
    }

    @Test
    void aRuleThatOnlySpeaksOfTheCacheChoosesNoModel() {
        YamlRoutingRules rules = rules("- {name: fresh, then: {cache: {store: false}}}");
        assertThat(rules.plan(Requests.named("mistral"), Optional.empty()).route())
                .isEqualTo("rest");
        assertThat(rules.policy(Requests.named("mistral")).cacheable()).isFalse();
    }

    @Test
    void theFingerprintFollowsModelsAndSearchesOnly() {
        String fingerprint =
                rules("- {name: a, when: {model: [x, y]}, then: {model: m}}").fingerprint();
        assertThat(fingerprint).matches("[0-9a-f]{64}");
        assertThat(rules("""
                # a comment
                - name: b
                  when:
                    model:   # in another order and spelling
                      - Y
                      - x:latest
                  then:
                    model: "M"
                    deadline: 5s
                    cache: {ttl: 5m}
                """).fingerprint()).isEqualTo(fingerprint);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{name: a, when: {model: [x, y]}, then: {model: n}}",
                "{name: a, when: {model: [x, y]}, then: {model: m, search: true}}",
                "{name: a, when: {model: [x, y]}, then: {model: m, fallbacks: n}}",
                "{name: a, when: {model: x}, then: {model: m}}",
                "{name: a, when: {model: [x, y], tools: true}, then: {model: m}}",
                "{name: a, when: {model: [x, y]}, then: {model: requested}}"
            })
    void theFingerprintChangesWithThem(String rule) {
        assertThat(rules("- " + rule).fingerprint())
                .isNotEqualTo(rules("- {name: a, when: {model: [x, y]}, then: {model: m}}")
                        .fingerprint());
    }

    @Test
    void autoWithoutAVerdictIsNeverTakenAsAModelsName() {
        YamlRoutingRules rules = YamlRoutingRules.parse("routes.yaml", """
                routes:
                  - {name: auto, when: {model: auto, complexity: [low, medium, high]}, then: {model: small}}
                  - {name: rest, then: {model: requested}}
                """, Map.of());
        assertThatThrownBy(() -> rules.plan(Requests.named("auto"), Optional.empty()))
                .isInstanceOfSatisfying(AnswerFailure.class, failure -> assertThat(failure.kind())
                        .isEqualTo(AnswerFailure.Kind.NO_ROUTE));
    }

    @Test
    void placeholdersAreFilledAfterTheYamlIsRead() {
        YamlRoutingRules rules =
                YamlRoutingRules.parse("routes.yaml", """
                routes:
                  - {name: a, when: {headers: {x: "$5 ${EMPTY:-d}", y: "${Y}"}}, then: {model: "${B:-small}"}}
                  - {name: rest, then: {model: small}}
                """, Map.of("Y", "1}, tools: true", "EMPTY", "", "B", "large"));
        assertThat(rules.plan(Requests.from("", Map.of("x", "$5 d", "y", "1}, tools: true")), Optional.empty())
                        .models())
                .containsExactly("large:latest");
    }
}
