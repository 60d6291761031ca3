package ai.orchestrator.server.harness;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;

/** Asks as the old service has them. */
final class LegacyWire {
    private static final double TOP_P = 0.9;

    private LegacyWire() {}

    static Optional<ObjectNode> chat(Ask ask) {
        Ask.Sampling said = ask.sampling();
        Ask.Sampling possible = new Ask.Sampling(
                said.temperature(),
                TOP_P,
                said.maxTokens(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
        boolean plain = ask.system().isEmpty()
                && ask.schema().isEmpty()
                && ask.tools().isEmpty()
                && ask.think().isEmpty()
                && ask.logprobs().isEmpty();
        return ask.onlyQuestion()
                .filter(user -> plain && user.pictures().isEmpty() && said.equals(possible))
                .map(user -> {
                    ObjectNode body = JsonNodeFactory.instance
                            .objectNode()
                            .put("message", user.text())
                            .put("model", ask.model())
                            .put("temperature", said.temperature())
                            .put("max_tokens", said.maxTokens());
                    ask.unknown().forEach(body::set);
                    return body;
                });
    }
}
