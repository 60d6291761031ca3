package ai.orchestrator.server.http.legacy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class LegacyModelTest extends LegacyFixture {
    @Override
    Optional<String> configuredModel() {
        return Optional.of("test");
    }

    @Test
    void theConfiguredModelAnswersWhereTheCallNamesNone() {
        client.post("/api/chat", "{\"message\":\"Hello\"}");
        assertThat(answers.last().model()).isEqualTo("test");

        client.post("/api/chat", "{\"message\":\"Hello\",\"model\":\"auto\"}");
        assertThat(answers.last().routed()).isTrue();
    }
}
