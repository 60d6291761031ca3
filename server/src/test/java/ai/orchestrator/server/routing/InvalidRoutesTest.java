package ai.orchestrator.server.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InvalidRoutesTest {
    private static List<String> problems(String yaml) {
        return catchThrowableOfType(
                        InvalidRoutesException.class, () -> YamlRoutingRules.parse("routes.yaml", yaml, Map.of()))
                .problems();
    }

    /** What is wrong with a file whose first rule, in line 2, is this one. */
    private static List<String> problemsOf(String rule) {
        return problems("routes:\n  - " + rule + "\n  - {name: auto, when: {model: auto}, then: {model: small}}\n"
                + "  - {name: rest, then: {model: requested}}\n");
    }

    @Test
    void everythingWrongIsToldAtOnceWithItsLine() {
        assertThat(problems("""
                routs: []
                routes:
                  - name: low
                    when:
                      complexety: low
                      complexity: hihg
                      confidence_below: 1.5
                      tools: yes
                    then:
                      modle: small
                      fallbacks: ["", no good name]
                      search: "on"
                  - name: low
                    when: {model: auto}
                    then: {model: auto, deadline: soon}
                """))
                .containsExactly(
                        "routes.yaml:1: unknown key 'routs' in the file, did you mean 'routes'?",
                        "routes.yaml:5: unknown key 'complexety' in 'when', did you mean 'complexity'?",
                        "routes.yaml:6: 'complexity' has the unknown value 'hihg', did you mean 'high'?",
                        "routes.yaml:7: 'confidence_below' expects a number from 0 to 1, found '1.5'",
                        "routes.yaml:8: 'tools' expects true or false, found 'yes'",
                        "routes.yaml:10: unknown key 'modle' in 'then', did you mean 'model'?",
                        "routes.yaml:10: 'then' names no 'model' (and no 'cache' either)",
                        "routes.yaml:11: 'fallbacks' has no value",
                        "routes.yaml:11: 'no good name' is no legal model name",
                        "routes.yaml:11: 'fallbacks' needs a 'model' or 'cheapest_of' beside it",
                        "routes.yaml:12: 'search' expects true or false, found 'on'",
                        "routes.yaml:12: 'search' needs a 'model' or 'cheapest_of' beside it",
                        "routes.yaml:13: the name 'low' is given twice, first in line 3",
                        "routes.yaml:13: the last route has to match every request: one without 'when', with a 'model'",
                        "routes.yaml:15: 'deadline' expects a duration such as 250ms, 60s, 5m, 1h or 30d, found 'soon'",
                        "routes.yaml:15: 'model' needs the name of a model, found 'auto'");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{when: {tools: true}, then: {model: m}} | the route has no 'name'",
                "{name: a b, then: {model: m}, when: {tools: true}} | a route's name is 1 to 64 letters",
                "{name: a, when: {tools: true}} | the route has no 'then'",
                "{name: a, when: [x], then: {model: m}} | expected 'when' with keys and values",
                "{name: a, when: {similarity: 1}, then: {model: m}} | unknown key 'similarity' in 'when', expected one of: api_key, ",
                "{name: a, when: {tools: true}, then: {model: m, price: 1}} | unknown key 'price' in 'then', expected one of: budget, cache, ",
                "{name: a, when: {tools: true}, then: {model: m, budget: -1}} | 'budget' expects a number from 0 to 1000000, found '-1'",
                "{name: a, when: {tools: true}, then: {cache: {store: true}, budget: 1}} | 'budget' needs a 'model' or 'cheapest_of' beside it",
                "{name: a, when: {tools: true}, then: {model: m, sources: list}} | 'sources: list' needs 'search: true' beside it",
                "{name: a, when: {tools: true}, then: {model: m, search: true, sources: lst}} | 'sources' has the unknown value 'lst', did you mean 'list'?",
                "{name: a, when: {tools: true}, then: {cache: {store: true}, sources: none}} | 'sources' needs a 'model' or 'cheapest_of' beside it",
                "{name: a, when: {tools: true}, then: {model: [m]}} | 'model' expects a single value here",
                "{name: a, when: {tools: true, tools: true}, then: {model: m}} | 'tools' is given twice, first in line 2",
                "{name: a, when: {headers: {}}, then: {model: m}} | 'headers' names no header",
                "{name: a, when: {headers: {X-A: 1, x-a: 2}}, then: {model: m}} | 'x-a' is given twice in different case",
                "{name: a, when: {confidence_above: 1e-999999999, headers: x}, then: {model: m}} | 'headers' expects names and values",
                "{name: a, when: {model: []}, then: {model: m}} | the list 'model' is empty",
                "{name: a, when: {headers: {Authorization: x}}, then: {model: m}} | rules do not see the header 'Authorization'",
                "{name: a, when: {tools: true}, then: {model: m, fallbacks: requested}} | 'fallbacks' needs the name of a model",
                "{name: a, when: {tools: true}, then: {model: m, cheapest_of: [a, b]}} | 'then' has either a 'model' or 'cheapest_of', not both",
                "{name: a, when: {tools: true}, then: {cheapest_of: [auto, b]}} | 'cheapest_of' needs the name of a model",
                "{name: a, when: {tools: true}, then: {cheapest_of: []}} | the list 'cheapest_of' is empty",
                "{name: a, when: {language: german}, then: {model: m}} | 'language' has the unknown value 'german'",
                "{name: a, when: {complexity: low}, then: {model: m, similarity: \"off\"}} | a route with 'complexity' cannot say whether similar answers may be served",
                "{name: a, when: {tools: true}, then: {model: m, similarity: serve}} | 'similarity' has only the value 'off'",
                "{name: a, when: {tools: true}, then: {model: m, deadline: 0s}} | 'deadline' expects more than 0 and at most 1d",
                "{name: a, when: {tools: true}, then: {cache: {ttl: 99999d}}} | 'ttl' expects more than 0 and at most 3650d",
                "{name: a, when: {tools: true}, then: {cache: {scope: tennant}}} | unknown value 'tennant', did you mean 'tenant'?",
                "{name: a, when: {tools: true}, then: {cache: {tags: ['x y']}}} | a tag is 1 to 64 characters",
                "{name: a, when: {complexity: low}, then: {cache: {store: false}}} | a route with 'complexity' cannot say how answers are cached",
                "{name: a, when: {tools: true}, then: {model: '${NO_SUCH_NAME}'}} | the environment variable NO_SUCH_NAME is not set and ${NO_SUCH_NAME} has no default",
                "{name: a, when: {}, then: {model: m}} | this route matches every request, so those after it never do"
            })
    void eachMistakeHasItsSentence(String rule, String sentence) {
        assertThat(problemsOf(rule))
                .anySatisfy(problem ->
                        assertThat(problem).startsWith("routes.yaml:2: ").contains(sentence));
    }

    @Test
    void autoMayNotBeLeftAsRequested() {
        assertThat(problems("""
                routes:
                  - {name: low, when: {model: auto, complexity: low}, then: {model: m}}
                  - {name: half, when: {model: auto, complexity: medium, confidence_above: 0.5}, then: {model: m}}
                  - {name: hard, when: {model: auto, complexity: high, tools: true}, then: {model: m}}
                  - {name: rest, then: {model: requested}}
                """))
                .singleElement()
                .asString()
                .startsWith("routes.yaml:5: a request for 'auto' with complexity medium, high may get to 'rest'");
    }

    @Test
    void autoIsSafeWhereEveryComplexityAndConfidenceIsMet() {
        assertThat(YamlRoutingRules.parse("routes.yaml", """
                routes:
                  - {name: unsure, when: {model: "a*", confidence_below: 0.5}, then: {model: m}}
                  - {name: easy, when: {model: auto, complexity: [low, medium]}, then: {model: m}}
                  - {name: hard, when: {model: auto, complexity: high}, then: {model: m}}
                  - {name: rest, then: {model: requested}}
                """, Map.of()).fingerprint())
                .isNotEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | routes.yaml:1: the file is empty",
                "'# nothing' | routes.yaml:1: the file is empty",
                "'routes: []' | routes.yaml:1: 'routes' has no route",
                "'routes: x' | routes.yaml:1: the file needs 'routes' with a list of routes",
                "'- a' | routes.yaml:1: expected the file with keys and values",
                "'routes: [' | routes.yaml:1: broken YAML in column ",
                "'routes: {a: *b}' | routes.yaml:1: ",
                "'\troutes: 1' | routes.yaml:1: broken YAML in column 1: "
            })
    void whatIsNoRuleFileIsRefused(String yaml, String start) {
        assertThat(problems(yaml).getFirst()).startsWith(start).doesNotContain("\n");
    }

    @Test
    void aSyntaxErrorIsToldWithItsLineAndInOneSentence() {
        assertThat(problems("routes:\n  - name: a\n   then: {model: m}\n"))
                .singleElement()
                .asString()
                .isEqualTo(
                        "routes.yaml:3: broken YAML in column 4: expected <block end>, but found '<block mapping start>'");
    }

    @Test
    void aliasesAndFurtherDocumentsAreRefused() {
        assertThat(problems("""
                routes:
                  - {name: rest, then: &then {model: m}}
                  - {name: more, then: *then}
                ---
                routes: []
                """))
                .contains(
                        "routes.yaml:3: aliases such as *then are not supported; write the value out",
                        "routes.yaml:5: expected only one YAML document");
    }

    @Test
    void aFileThatCannotBeReadIsNamedWithoutItsFolder(@TempDir Path folder) throws IOException {
        Path missing = folder.resolve("routes.yaml");
        assertThat(loading(missing)).isEqualTo("routes.yaml: the file is not there");
        Files.write(missing, new byte[] {(byte) 0xff, (byte) 0xfe, 0, 1});
        assertThat(loading(missing)).isEqualTo("routes.yaml: the file is not UTF-8 text");
        assertThat(loading(folder)).endsWith(": the file cannot be read").doesNotContain("/");
    }

    private static String loading(Path file) {
        return String.join(
                "\n",
                catchThrowableOfType(InvalidRoutesException.class, () -> YamlRoutingRules.load(file, Map.of()))
                        .problems());
    }
}
