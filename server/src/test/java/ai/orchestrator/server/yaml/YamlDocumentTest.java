package ai.orchestrator.server.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import ai.orchestrator.server.yaml.YamlNode.Entry;
import ai.orchestrator.server.yaml.YamlNode.Mapping;
import ai.orchestrator.server.yaml.YamlNode.Scalar;
import ai.orchestrator.server.yaml.YamlNode.Sequence;
import ai.orchestrator.server.yaml.YamlNode.Type;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class YamlDocumentTest {
    private static final Map<String, String> ENVIRONMENT =
            Map.of("NAME", "value", "EMPTY", "", "TRICKY", "x\n  other: $1 ${NAME} \\ # {[");

    @Test
    void everyPartKnowsItsLineAndEveryValueItsType() {
        YamlDocument document = YamlDocument.read("""
                a:
                  b: true
                list:
                  - 007
                  - "1"
                none:
                """, Map.of());

        assertThat(document.problems()).isEmpty();
        assertThat(document.root())
                .hasValue(new Mapping(
                        1,
                        Map.of(
                                "a",
                                new Entry(
                                        1, new Mapping(2, Map.of("b", new Entry(2, new Scalar(2, Type.FLAG, "true"))))),
                                "list",
                                new Entry(
                                        3,
                                        new Sequence(
                                                4,
                                                List.of(
                                                        new Scalar(4, Type.NUMBER, "007"),
                                                        new Scalar(5, Type.TEXT, "1")))),
                                "none",
                                new Entry(6, new Scalar(6, Type.NONE, "")))));
    }

    @Test
    void aTextWithoutADocumentIsNoProblem() {
        assertThat(YamlDocument.read("# nothing\n", Map.of()).root()).isEmpty();
        assertThat(YamlDocument.read("# nothing\n", Map.of()).problems()).isEmpty();
    }

    @Test
    void allThatIsWrongIsToldAtOnce() {
        assertThat(YamlDocument.read("a: &x ${ABSENT}\nb: *x\na: ${}\n---\nc: 1\n", Map.of())
                        .problems())
                .containsExactly(
                        new YamlProblem(1, "the environment variable ABSENT is not set and ${ABSENT} has no default"),
                        new YamlProblem(2, "aliases such as *x are not supported; write the value out"),
                        new YamlProblem(3, "'${' starts a reference such as ${NAME} or ${NAME:-default}"),
                        new YamlProblem(3, "'a' is given twice, first in line 1"),
                        new YamlProblem(5, "expected only one YAML document"));
    }

    @Test
    void brokenYamlIsToldWithoutTheLinesAroundIt() {
        assertThat(YamlDocument.read("key: secret\nport: [1\ncache: 2\n", Map.of()))
                .isEqualTo(new YamlDocument(
                        Optional.empty(),
                        List.of(new YamlProblem(3, "broken YAML in column 6: expected ',' or ']', but got :")),
                        Set.of()));
    }

    @Test
    void whatIsNestedTooDeepIsLeftOut() {
        assertThat(YamlDocument.read("[".repeat(60) + "]".repeat(60), Map.of()).problems())
                .containsExactly(new YamlProblem(1, "nested more than 50 deep"));
    }

    @ParameterizedTest
    @CsvSource({
        "${NAME}, value",
        "a${NAME}b${NAME}, avaluebvalue",
        "${NAME:-other}, value",
        "${ABSENT:-other}, other",
        "a${ABSENT:-}b, ab",
        "${EMPTY:-other}, other",
        "a${EMPTY}b, ab",
        "${ABSENT:-redis://h:1/0?a=b}, redis://h:1/0?a=b",
        "$NAME, $NAME",
        "a$, a$",
        "5$ {x}, 5$ {x}",
    })
    void aReferenceIsReplaced(String text, String expected) {
        assertThat(read(text).root()).hasValue(new Sequence(1, List.of(new Scalar(1, Type.TEXT, expected))));
    }

    @Test
    void aValueNeverBecomesYamlNorAnotherReference() {
        assertThat(read("${TRICKY}").root())
                .hasValue(new Sequence(1, List.of(new Scalar(1, Type.TEXT, ENVIRONMENT.getOrDefault("TRICKY", "")))));
    }

    @Test
    void theVariablesThatAreUsedAreKnown() {
        assertThat(read("${NAME} ${EMPTY:-x} ${ABSENT:-y}").variables()).containsExactlyInAnyOrder("NAME", "EMPTY");
    }

    @ParameterizedTest
    @ValueSource(strings = {"${}", "${A B}", "${NAME", "${NAME:x}", "${1A}", "${ABSENT:-${NAME}}"})
    void aMalformedReferenceIsAProblem(String text) {
        assertThat(read(text).problems())
                .containsExactly(new YamlProblem(1, "'${' starts a reference such as ${NAME} or ${NAME:-default}"));
    }

    private static YamlDocument read(String value) {
        return YamlDocument.read("['" + value + "']", ENVIRONMENT);
    }
}
