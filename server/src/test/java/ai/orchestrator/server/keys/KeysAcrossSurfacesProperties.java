package ai.orchestrator.server.keys;

import static org.assertj.core.api.Assertions.assertThat;

import ai.orchestrator.server.harness.Ask;
import ai.orchestrator.server.harness.Wire;
import ai.orchestrator.server.orchestration.RequestFingerprint;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;

/** One request has one key, on whichever surface it is made. */
class KeysAcrossSurfacesProperties {
    private static final KeyServer SERVER = new KeyServer();

    @AfterContainer
    static void stop() {
        SERVER.close();
    }

    @Property(tries = 100, edgeCases = EdgeCasesMode.NONE)
    void allSurfacesThatCanSayItShareTheKey(@ForAll("asks") Ask ask) {
        Map<Wire, RequestFingerprint> keys = new EnumMap<>(Wire.class);
        for (Wire wire : Wire.values()) {
            wire.body(ask).ifPresent(body -> keys.put(wire, SERVER.key(wire.path, body.toString())));
        }
        assertThat(new HashSet<>(keys.values())).as("keys of %s", keys.keySet()).hasSizeLessThanOrEqualTo(1);
    }

    /** Nothing of the above holds by lack of surfaces. */
    @Property(tries = 20)
    void allSurfacesCanPutAQuestion(@ForAll("questions") Ask ask) {
        for (Wire wire : Wire.values()) {
            assertThat(wire.body(ask)).as("%s", wire).isPresent();
        }
    }

    @Provide
    Arbitrary<Ask> asks() {
        return Asks.any();
    }

    @Provide
    Arbitrary<Ask> questions() {
        return Asks.questions();
    }
}
