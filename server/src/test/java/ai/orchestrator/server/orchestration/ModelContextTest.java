package ai.orchestrator.server.orchestration;

import static org.assertj.core.api.Assertions.assertThat;

import ai.orchestrator.plugin.model.Capability;
import ai.orchestrator.plugin.model.ModelInfo;
import ai.orchestrator.plugin.model.Price;
import ai.orchestrator.plugin.model.Prompt;
import ai.orchestrator.plugin.model.RemoteOrigin;
import ai.orchestrator.plugin.model.SamplingOptions;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ModelContextTest {
    private static final ChatRequest PLAIN = ChatRequest.of("r1", "m", Prompt.user("Hi"));
    private static final RemoteOrigin ELSEWHERE = new RemoteOrigin("m", "https://models.example");

    private static ModelInfo model(
            OptionalInt longest, Optional<Integer> usual, Optional<RemoteOrigin> remote, Optional<Price> price) {
        return new ModelInfo(
                "m:latest",
                "0".repeat(64),
                0,
                Instant.EPOCH,
                "gguf",
                List.of(),
                "",
                "",
                longest,
                OptionalInt.empty(),
                Set.of(Capability.COMPLETION),
                remote,
                price,
                usual.map(tokens -> SamplingOptions.builder().numCtx(tokens).build()));
    }

    private static ChatRequest asking(int tokens) {
        return new ChatRequest(
                PLAIN.requestId(),
                PLAIN.model(),
                PLAIN.prompt(),
                SamplingOptions.builder().numCtx(tokens).build(),
                PLAIN.format(),
                PLAIN.tools(),
                PLAIN.toolChoice(),
                PLAIN.thinking(),
                PLAIN.topLogprobs(),
                PLAIN.overflow(),
                PLAIN.keepAlive(),
                PLAIN.extra(),
                PLAIN.cacheControl(),
                PLAIN.caller(),
                PLAIN.stream());
    }

    @Test
    void aRequestsWishCountsUpToWhatTheModelCanHave() {
        ModelInfo local = model(OptionalInt.of(8_192), Optional.of(4_096), Optional.empty(), Optional.empty());
        assertThat(ModelContext.tokens(local, PLAIN)).isEqualTo(4_096);
        assertThat(ModelContext.tokens(local, asking(2_048))).isEqualTo(2_048);
        assertThat(ModelContext.tokens(local, asking(6_000))).isEqualTo(6_000);
        assertThat(ModelContext.tokens(local, asking(100_000))).isEqualTo(8_192);
    }

    @Test
    void anotherServerGivesAModelAsLittleAsUsual() {
        ModelInfo other = model(OptionalInt.of(131_072), Optional.empty(), Optional.of(ELSEWHERE), Optional.empty());
        assertThat(ModelContext.tokens(other, PLAIN)).isEqualTo(4_096);
        assertThat(ModelContext.tokens(other, asking(32_768))).isEqualTo(32_768);
        ModelInfo unknown = model(OptionalInt.empty(), Optional.empty(), Optional.of(ELSEWHERE), Optional.empty());
        assertThat(ModelContext.tokens(unknown, PLAIN)).isEqualTo(4_096);
    }

    @Test
    void aServiceGivesAllThatItTells() {
        ModelInfo paid =
                model(OptionalInt.of(131_072), Optional.empty(), Optional.of(ELSEWHERE), Optional.of(Price.unknown()));
        assertThat(ModelContext.tokens(paid, PLAIN)).isEqualTo(131_072);
        ModelInfo local = model(OptionalInt.of(2_048), Optional.empty(), Optional.empty(), Optional.empty());
        assertThat(ModelContext.most(List.of(local, paid), PLAIN)).isEqualTo(131_072);
    }
}
