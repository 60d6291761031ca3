package ai.orchestrator.server.keys;

import static org.assertj.core.api.Assertions.assertThat;

import ai.orchestrator.server.harness.Ask;
import ai.orchestrator.server.harness.Wire;
import ai.orchestrator.server.orchestration.RequestFingerprint;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;

/** Whatever changes what a model is asked changes the key, its MD5 and its SHA-256, on every surface that can say it. */
class KeysTellApartProperties {
    private static final KeyServer SERVER = new KeyServer();
    private static final Map<String, UnaryOperator<Ask>> CHANGES = Changes.all();
    private static final Map<String, Integer> SEEN = new TreeMap<>();

    @AfterContainer
    static void stop() {
        SERVER.close();
        // a change that never came to anything would prove nothing
        assertThat(SEEN.keySet()).containsAll(CHANGES.keySet());
    }

    @Property(tries = 600, edgeCases = EdgeCasesMode.NONE)
    void aChangedAskHasAnotherKey(@ForAll("asks") Ask ask, @ForAll("changes") String change) {
        Ask changed = CHANGES.get(change).apply(ask);
        if (changed.equals(ask)) {
            return;
        }
        for (Wire wire : Wire.values()) {
            Optional<ObjectNode> before = wire.body(ask);
            Optional<ObjectNode> after = wire.body(changed);
            if (before.isPresent() && after.isPresent()) {
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
                    SEEN.merge(change, 1, Integer::sum);
                }
            }
        }
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
