package ai.orchestrator.server.keys;

import static org.assertj.core.api.Assertions.assertThat;

import ai.orchestrator.server.harness.Ask;
import ai.orchestrator.server.harness.Wire;
import ai.orchestrator.server.orchestration.RequestFingerprint;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;

/** Whatever changes what a model is asked changes the key, its MD5 and its SHA-256, on every surface that can say it. */
class KeysTellApartProperties {
    private static final KeyServer SERVER = new KeyServer();
    private static final Map<String, UnaryOperator<Ask>> CHANGES = Changes.all();

    @AfterContainer
    static void stop() {
        SERVER.close();
    }

    /** None of the changes proves nothing: each makes a difference to one ask that has everything, on some surface. */
    @Example
    void everyChangeComesToSomething() {
        Ask dialogue = Ask.question("")
                .withTurns(List.of(
                        new Ask.Turn.User("Why?", List.of()),
                        new Ask.Turn.Assistant("Because.", "", List.of()),
                        new Ask.Turn.User("And?", List.of())));
        List<Ask> rich = List.of(Asks.rich(), dialogue, Ask.question("Why?"));
        CHANGES.keySet().forEach(change -> assertThat(
                        rich.stream().mapToInt(ask -> compared(ask, change)).sum())
                .as(change)
                .isPositive());
    }

    @Property(tries = 200, edgeCases = EdgeCasesMode.NONE)
    void aChangedAskHasAnotherKey(@ForAll("asks") Ask ask, @ForAll("changes") String change) {
        compared(ask, change);
    }

    /** Compares the keys of an ask and the changed one on all surfaces that can say both; returns how many these are. */
    private static int compared(Ask ask, String change) {
        Ask changed = Objects.requireNonNull(CHANGES.get(change)).apply(ask);
        int compared = 0;
        for (Wire wire : Wire.values()) {
            Optional<ObjectNode> before = wire.body(ask);
            Optional<ObjectNode> after = wire.body(changed);
            if (changed.equals(ask) || before.isEmpty() || after.isEmpty()) {
                continue;
            }
            Optional<RequestFingerprint> key =
                    SERVER.tryKey(wire.path, before.get().toString());
            Optional<RequestFingerprint> other =
                    SERVER.tryKey(wire.path, after.get().toString());
            if (key.isPresent() && other.isPresent()) {
                assertThat(other.get().key())
                        .as("%s: MD5", wire)
                        .isNotEqualTo(key.get().key());
                assertThat(other.get().sha256())
                        .as("%s: SHA-256", wire)
                        .isNotEqualTo(key.get().sha256());
                compared++;
            }
        }
        return compared;
    }

    @Provide
    Arbitrary<Ask> asks() {
        return Asks.any();
    }

    @Provide
    Arbitrary<String> changes() {
        return Arbitraries.of(CHANGES.keySet());
    }
}
