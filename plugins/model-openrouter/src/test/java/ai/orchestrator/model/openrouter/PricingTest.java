package ai.orchestrator.model.openrouter;

import static org.assertj.core.api.Assertions.assertThat;

import ai.orchestrator.openai.wire.Json;
import ai.orchestrator.plugin.model.Price;
import ai.orchestrator.plugin.model.Usage;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PricingTest {
    private static final Instant NOON = Instant.parse("2026-11-29T12:00:00Z");

    @Test
    void addsUpWhatACallTakes() {
        Price price = at(NOON, """
                {"prompt":"0.001","completion":"0.01","input_cache_read":"0.0001","request":"0.5","image":"0.25"}""");
        assertThat(price.of(100, 10)).hasValueSatisfying(cost -> equal(cost, "0.7"));
        assertThat(price.of(usage(100, 40, 10), 2)).hasValueSatisfying(cost -> equal(cost, "1.164"));
    }

    @Test
    void chargesCachedTokensLikeOthersWhereNothingElseIsListed() {
        Price price = at(NOON, "{\"prompt\":\"0.001\",\"completion\":\"0.01\"}");
        assertThat(price.of(usage(100, 40, 10), 3)).hasValueSatisfying(cost -> equal(cost, "0.2"));
        assertThat(price).isEqualTo(Price.perToken(new BigDecimal("0.001"), new BigDecimal("0.01")));
    }

    @ParameterizedTest
    @CsvSource({"64000,64", "64001,128.002", "128000,256", "128001,384.003"})
    void chargesLongPromptsByTheLastRowThatHolds(long tokens, String cost) {
        Price price = at(NOON, """
                {"prompt":"0.001","completion":"0","overrides":[
                 {"min_prompt_tokens":64000,"prompt":"0.002"},{"min_prompt_tokens":128000,"prompt":"0.003"}]}""");
        assertThat(price.of(tokens, 0)).hasValueSatisfying(found -> equal(found, cost));
    }

    @ParameterizedTest
    @CsvSource({
        "0900,1700,12:00,0.5",
        "0900,1700,08:59,1",
        "0900,1700,17:00,1",
        "2200,0600,23:30,0.5",
        "2200,0600,05:59,0.5",
        "2200,0600,06:00,1",
        "22:00,06:00,23:00,0.5"
    })
    void chargesByTheTimeOfTheDay(String start, String end, String time, String cost) {
        String pricing = """
                {"prompt":"1","completion":"1","overrides":[{"utc_start":"%s","utc_end":"%s","prompt":"0.5"}]}""".formatted(start, end);
        assertThat(at(Instant.parse("2026-11-29T" + time + ":00Z"), pricing).of(1, 0))
                .hasValueSatisfying(found -> equal(found, cost));
        assertThat(new Pricing(Json.read(pricing)).changesByTime()).isTrue();
    }

    @Test
    void wantsAllConditionsOfARowToHold() {
        String pricing = """
                {"prompt":"1","completion":"1","overrides":[{"min_prompt_tokens":10,"utc_start":900,"utc_end":1700,"completion":"3"}]}""";
        assertThat(at(NOON, pricing).of(11, 1)).hasValueSatisfying(cost -> equal(cost, "14"));
        assertThat(at(NOON, pricing).of(10, 1)).hasValueSatisfying(cost -> equal(cost, "11"));
        assertThat(at(NOON.plus(Duration.ofHours(6)), pricing).of(11, 1)).hasValueSatisfying(cost -> equal(cost, "12"));
    }

    @Test
    void takesTheRequestPriceOfARowThatHoldsForEveryPrompt() {
        Price price = at(NOON, """
                {"prompt":"1","completion":"1","request":"5","overrides":[{"utc_start":"0000","utc_end":"2400","request":"7"}]}""");
        assertThat(price.of(0, 0)).hasValueSatisfying(cost -> equal(cost, "7"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"prompt\":\"-1\",\"completion\":\"-1\"}",
                "{\"prompt\":\"1\"}",
                "{\"prompt\":\"much\",\"completion\":\"1\"}",
                "{\"prompt\":\"1\",\"completion\":\"9999999\"}",
                "{\"prompt\":\"1\",\"completion\":\"1\",\"request\":\"-1\"}",
                "{\"prompt\":\"1\",\"completion\":\"1\",\"image\":\"some\"}",
                "{\"prompt\":\"1\",\"completion\":\"1\",\"input_cache_read\":\"-0.1\"}",
                "{\"prompt\":\"1\",\"completion\":\"1\",\"overrides\":[{\"prompt\":\"-1\"}]}",
                "{\"prompt\":\"1\",\"completion\":\"1\",\"overrides\":[{\"utc_start\":\"noon\",\"prompt\":\"0.1\"}]}"
            })
    void neverTakesWhatCannotBeReadForCheap(String pricing) {
        assertThat(at(NOON, pricing).of(1, 1)).isEmpty();
    }

    private static Price at(Instant moment, String pricing) {
        return new Pricing(Json.read(pricing)).at(moment);
    }

    private static void equal(BigDecimal found, String expected) {
        assertThat(found).isEqualByComparingTo(expected);
    }

    private static Usage usage(int prompt, int cached, int completion) {
        return new Usage(prompt, cached, completion, Duration.ZERO, Duration.ZERO, Duration.ZERO, Optional.empty(), "");
    }
}
