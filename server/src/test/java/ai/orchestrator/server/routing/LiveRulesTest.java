package ai.orchestrator.server.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.orchestrator.server.orchestration.RulesFile.Reload;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LiveRulesTest {
    @TempDir
    Path folder;

    private Path file = Path.of("");

    @BeforeEach
    void aFile() throws IOException {
        file = folder.resolve("routes.yaml");
        write("one");
    }

    private void write(String model) throws IOException {
        Files.writeString(file, """
                routes:
                  - {name: auto, when: {model: auto}, then: {model: %s}}
                  - {name: rest, then: {model: requested}}
                """.formatted(model));
    }

    private static String model(LiveRules rules) {
        return rules.get()
                .plan(Requests.named("auto"), Optional.empty())
                .models()
                .getFirst();
    }

    @Test
    void aNewTextIsTakenWhenItIsTheSameAtTwoLooks() throws IOException {
        LiveRules rules = LiveRules.load(file, Map.of());
        write("two");

        rules.look();
        assertThat(model(rules)).isEqualTo("one:latest");
        rules.look();
        assertThat(model(rules)).isEqualTo("two:latest");
    }

    @Test
    void aTextThatIsStillBeingWrittenIsNotTaken() throws IOException {
        LiveRules rules = LiveRules.load(file, Map.of());
        for (String text : List.of("two", "three", "four")) {
            write(text);
            rules.look();
            assertThat(model(rules)).isEqualTo("one:latest");
        }
        rules.look();
        assertThat(model(rules)).isEqualTo("four:latest");
    }

    @Test
    void theLastGoodRulesStayUntilTheFileIsGoodAgain() throws IOException {
        LiveRules rules = LiveRules.load(file, Map.of());
        Files.writeString(file, "routes: [{name: rest, then: {modle: x}}]");
        rules.look();
        rules.look();
        assertThat(model(rules)).isEqualTo("one:latest");

        assertThat(rules.reload())
                .isInstanceOfSatisfying(Reload.Refused.class, refused -> assertThat(refused.problems())
                        .anySatisfy(problem -> assertThat(problem)
                                .startsWith("routes.yaml:1: unknown key 'modle'")
                                .contains("'model'")));

        Files.delete(file);
        assertThat(rules.reload()).isEqualTo(new Reload.Refused(List.of("routes.yaml: the file is not there")));
        assertThat(model(rules)).isEqualTo("one:latest");

        write("two");
        assertThat(rules.reload())
                .isEqualTo(new Reload.InForce(List.of("route 'auto': then.model was 'one:latest', is 'two:latest'")));
        assertThat(model(rules)).isEqualTo("two:latest");
        assertThat(rules.reload()).isEqualTo(new Reload.InForce(List.of()));
    }

    @Test
    void aFileThatIsALinkToAnotherOneIsFollowed() throws IOException {
        Path other = folder.resolve("other");
        Files.createDirectory(other);
        Files.move(file, other.resolve("a.yaml"));
        Files.createSymbolicLink(file, other.resolve("a.yaml"));
        LiveRules rules = LiveRules.load(file, Map.of());

        write("two"); // into what the link leads to
        assertThat(rules.reload()).isInstanceOf(Reload.InForce.class);
        assertThat(model(rules)).isEqualTo("two:latest");

        Files.writeString(
                other.resolve("b.yaml"),
                Files.readString(other.resolve("a.yaml")).replace("two", "three"));
        Files.delete(file);
        Files.createSymbolicLink(file, other.resolve("b.yaml"));
        rules.look();
        rules.look();
        assertThat(model(rules)).isEqualTo("three:latest");
    }

    @Test
    void aFileThatIsBadFromTheStartIsTold() throws IOException {
        Files.writeString(file, "routes: []");
        assertThatThrownBy(() -> LiveRules.load(file, Map.of())).isInstanceOf(InvalidRoutesException.class);
    }

    @Test
    void placeholdersAreFilledAtEachReading() throws IOException {
        write("\"${CLOUD}\"");
        LiveRules rules = LiveRules.load(file, Map.of("CLOUD", "big"));
        assertThat(model(rules)).isEqualTo("big:latest");
    }

    @Test
    void whatChangedIsSaidRuleByRule() throws IOException {
        Files.writeString(file, """
                routes:
                  - {name: a, when: {model: x}, then: {model: y, deadline: 90s}}
                  - {name: b, when: {tools: true}, then: {cache: {store: false}}}
                  - {name: c, when: {images: true}, then: {model: eyes}}
                  - {name: rest, when: {model: auto}, then: {model: one}}
                  - {name: end, then: {model: requested}}
                """);
        LiveRules rules = LiveRules.load(file, Map.of());
        Files.writeString(file, """
                routes:
                  - {name: b, when: {tools: true}, then: {cache: {ttl: 1h, tags: [t]}}}
                  - {name: a, when: {model: [x, z]}, then: {model: y, fallbacks: [small], search: true, sources: list}}
                  - {name: new, when: {structured: true}, then: {cheapest_of: [p/q, r/s]}}
                  - {name: rest, when: {model: auto}, then: {model: one}}
                  - {name: end, then: {model: requested}}
                """);

        assertThat(rules.reload())
                .isEqualTo(new Reload.InForce(List.of(
                        "route 'c' is gone",
                        "route 'b': then.cache.store was 'false', is 'true'",
                        "route 'b': then.cache.ttl was absent, is '1h'",
                        "route 'b': then.cache.tags was absent, is 't'",
                        "route 'a': when.model was 'x:latest', is 'x:latest, z:latest'",
                        "route 'a': then.deadline was '90s', is absent",
                        "route 'a': then.fallbacks was absent, is 'small:latest'",
                        "route 'a': then.search was absent, is 'true'",
                        "route 'a': then.sources was absent, is 'list'",
                        "route 'new' is new: {when.structured=true, then.cheapest_of=p/q:latest, r/s:latest}",
                        "the order is now b, a, new, rest, end")));
    }
}
