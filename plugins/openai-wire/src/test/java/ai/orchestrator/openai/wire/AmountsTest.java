package ai.orchestrator.openai.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.MissingNode;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AmountsTest {
    @ParameterizedTest
    @CsvSource({"0,0", "7,7", "7.0,7", "1e3,1000", "100000000,100000000"})
    void readsTokens(String json, int tokens) {
        assertThat(Amounts.tokens(Json.read(json))).isEqualTo(tokens);
        assertThat(Amounts.areTokens(Json.read(json))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "0.5", "100000001", "1e999999", "\"7\"", "[]", "true"})
    void takesWhatCannotBeForNoTokens(String json) {
        assertThat(Amounts.tokens(Json.read(json))).isZero();
        assertThat(Amounts.areTokens(Json.read(json))).isFalse();
    }

    @Test
    void hasNothingAgainstWhatIsNotTold() {
        assertThat(Amounts.areTokens(MissingNode.getInstance())).isTrue();
        assertThat(Amounts.areTokens(Json.read("null"))).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"0,0", "0.0000315,0.0000315", "'\"0.5\"',0.5", "'\" 1e-6 \"',0.000001", "999999,999999"})
    void readsDollars(String json, BigDecimal dollars) {
        assertThat(Amounts.dollars(Json.read(json)).orElseThrow()).isEqualByComparingTo(dollars);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-0.1", "1000000", "1e-99", "1e99", "\"much\"", "\"\"", "{}", "null", "true"})
    void takesWhatCannotBeForNoDollars(String json) {
        assertThat(Amounts.dollars(Json.read(json))).isEmpty();
    }

    @Test
    void showsNotMoreThanALine() {
        assertThat(Amounts.shown("cost", Json.read("\"" + "x".repeat(1_000) + "\"")))
                .hasSizeLessThan(60)
                .startsWith("cost \"xx");
    }
}
