package ai.orchestrator.server.routing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class AnyTextTest {
    @Provide
    Arbitrary<String> files() {
        Arbitrary<String> piece = Arbitraries.oneOf(
                Arbitraries.of(
                        "routes:\n",
                        "  - ",
                        "name: a",
                        "when: ",
                        "then: ",
                        "{",
                        "}",
                        "[",
                        "]",
                        ", ",
                        "\n",
                        "    ",
                        "model: ",
                        "requested",
                        "auto",
                        "complexity: low",
                        "cache: ",
                        "ttl: 5m",
                        "headers: ",
                        "? ",
                        "<<: ",
                        "*x",
                        "&x ",
                        "!!int ",
                        "---\n",
                        "...\n",
                        "|\n",
                        "\"",
                        "'",
                        "#",
                        "${X}",
                        "${X:-y}",
                        "~",
                        "\t",
                        "\u0000",
                        "\uD800",
                        "%YAML 9\n",
                        "0x",
                        "1e999999999",
                        "\uFEFF"),
                Arbitraries.strings().ofMaxLength(3));
        return piece.list().ofMaxSize(25).map(pieces -> String.join("", pieces));
    }

    @Property(tries = 3_000)
    void anyTextIsReadOrRefusedWithItsLines(@ForAll("files") String text) {
        assertThat(problems(text)).allMatch(problem -> problem.matches("(?s)routes\\.yaml:[1-9]\\d*: .+"));
    }

    private static List<String> problems(String text) {
        try {
            YamlRoutingRules.parse("routes.yaml", text, Map.of());
            return List.of();
        } catch (InvalidRoutesException e) {
            assertThat(e.problems()).isNotEmpty();
            return e.problems();
        }
    }
}
