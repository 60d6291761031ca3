package ai.orchestrator.server.keys;

import static org.assertj.core.api.Assertions.assertThat;

import ai.orchestrator.server.harness.Ask;
import ai.orchestrator.server.harness.Wire;
import ai.orchestrator.server.orchestration.RequestFingerprint;
import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterContainer;

/** Any single value of a body, changed, makes another key or a refusal; but for those few of which the model is never told. */
class KeysLeafProperties {
    /** What names a schema, tells what is known already, or is another server's business. */
    private static final Pattern NOT_FOR_THE_MODEL = Pattern.compile(
            "/stream|/tool_choice/type|/tools/\\d+/type|/messages/\\d+/tool_calls/\\d+/type|/response_format/json_schema/name|/text/format/name"
                    + "|/input/\\d+/summary/\\d+/type|/messages/\\d+/content/\\d+/(signature|source/media_type)|/thinking/budget_tokens");

    private static final KeyServer SERVER = new KeyServer();

    @AfterContainer
    static void stop() {
        SERVER.close();
    }

    @Property(tries = 250, edgeCases = EdgeCasesMode.NONE)
    void everyValueCounts(@ForAll("asks") Ask ask, @ForAll Wire wire, @ForAll @IntRange(max = 1_000) int pick) {
        Optional<ObjectNode> body = wire.body(ask);
        if (body.isEmpty()) {
            return;
        }
        List<JsonPointer> leaves = new ArrayList<>();
        leaves(body.get(), JsonPointer.empty(), leaves);
        JsonPointer leaf = leaves.get(pick % leaves.size());
        RequestFingerprint key = SERVER.key(wire.path, body.get().toString());
        ObjectNode changed = changed(body.get(), leaf);
        SERVER.tryKey(wire.path, changed.toString()).ifPresent(other -> {
            if (countsForNothing(changed, leaf)) {
                assertThat(other).as("%s of %s", leaf, wire).isEqualTo(key);
            } else {
                assertThat(other.key())
                        .as("MD5 with another %s of %s", leaf, wire)
                        .isNotEqualTo(key.key());
                assertThat(other.sha256())
                        .as("SHA-256 with another %s of %s", leaf, wire)
                        .isNotEqualTo(key.sha256());
            }
        });
    }

    /** That probabilities are to be included is said by their number, too, unless that is zero. */
    private static boolean countsForNothing(ObjectNode body, JsonPointer leaf) {
        return NOT_FOR_THE_MODEL.matcher(leaf.toString()).matches()
                || (leaf.toString().equals("/include/0")
                        && body.path("top_logprobs").asInt() > 0);
    }

    private static void leaves(JsonNode node, JsonPointer at, List<JsonPointer> found) {
        if (node.isObject()) {
            node.properties().forEach(member -> leaves(member.getValue(), at.appendProperty(member.getKey()), found));
        } else if (node.isArray()) {
            for (int i = 0; i < node.size(); i++) {
                leaves(node.get(i), at.appendIndex(i), found);
            }
        } else {
            found.add(at);
        }
    }

    private static ObjectNode changed(ObjectNode body, JsonPointer leaf) {
        ObjectNode copy = body.deepCopy();
        JsonNode owner = copy.at(leaf.head());
        JsonNode other = other(copy.at(leaf));
        if (owner instanceof ArrayNode array) {
            array.set(leaf.last().getMatchingIndex(), other);
        } else {
            ((ObjectNode) owner).set(leaf.last().getMatchingProperty(), other);
        }
        return copy;
    }

    private static JsonNode other(JsonNode leaf) {
        JsonNodeFactory nodes = JsonNodeFactory.instance;
        if (leaf.isBoolean()) {
            return nodes.booleanNode(!leaf.booleanValue());
        }
        return leaf.isNumber()
                ? nodes.numberNode(leaf.decimalValue().add(BigDecimal.ONE))
                : nodes.textNode(leaf.asText() + "x");
    }

    @Provide
    Arbitrary<Ask> asks() {
        return Asks.any();
    }
}
