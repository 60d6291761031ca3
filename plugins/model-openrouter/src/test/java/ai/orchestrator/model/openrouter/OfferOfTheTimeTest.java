package ai.orchestrator.model.openrouter;

import static org.assertj.core.api.Assertions.assertThat;

import ai.orchestrator.openai.wire.Json;
import ai.orchestrator.plugin.Settings;
import ai.orchestrator.plugin.model.ModelInfo;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OfferOfTheTimeTest {
    private Instant now = Instant.parse("2026-11-29T08:59:59Z");
    private final OfferOfTheTime offer = new OfferOfTheTime(
            "cloud",
            new ModelOffer(
                    OpenRouterSettings.read(
                            Providers.context(Settings.of(Map.of("models", List.of(Map.of("id", "acme/owl")))))),
                    now),
            new Clock() {
                @Override
                public Instant instant() {
                    return now;
                }

                @Override
                public ZoneId getZone() {
                    return ZoneOffset.UTC;
                }

                @Override
                public Clock withZone(ZoneId zone) {
                    return this;
                }
            });

    @Test
    void tellsThePriceOfTheHour() {
        offer.learn(Map.of("acme/owl", ListedModel.read(Json.read("""
                {"pricing":{"prompt":"2","completion":"2","overrides":[{"utc_start":"0900","utc_end":"1000","prompt":"1"}]}}"""))));
        assertThat(read()).isEqualByComparingTo("2");
        List<ModelInfo> before = offer.models();
        assertThat(offer.models()).isSameAs(before);

        now = Instant.parse("2026-11-29T09:00:00Z");
        assertThat(read()).isEqualByComparingTo("1");
        now = Instant.parse("2026-11-29T10:00:00Z");
        assertThat(read()).isEqualByComparingTo("2");
    }

    private BigDecimal read() {
        return offer.models().getFirst().price().orElseThrow().of(1, 0).orElseThrow();
    }
}
