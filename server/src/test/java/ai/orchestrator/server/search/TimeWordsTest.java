package ai.orchestrator.server.search;

import static org.assertj.core.api.Assertions.assertThat;

import ai.orchestrator.plugin.search.SearchQuery.Freshness;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimeWordsTest {
    private final TimeWords words = new TimeWords(InstantSource.fixed(Instant.parse("2026-11-22T12:00:00Z")));

    @ParameterizedTest
    @CsvSource({
        "Will it rain TODAY?, DAY",
        "What's the weather in Oslo, DAY",
        "Quel temps fait-il aujourd\u2019hui ?, DAY",
        "any news about Helidon, WEEK",
        "recently published papers, MONTH",
        "latest version of SQLite, YEAR",
        "who is the current president, YEAR",
        "best phones of 2026, YEAR",
        "events in 2027, YEAR",
        "what happened in 2019, ANY",
        "what is 2026 * 3.14 + 2026.5, YEAR",
        "add 12026 and 2.2026, ANY",
        "what is an electric current, ANY",
        "how does alternating current work, ANY",
        "what is a newsletter, ANY",
        "why is the sky blue, ANY"
    })
    void wordsSayHowRecentAnAnswerHasToBe(String question, Freshness expected) {
        assertThat(words.freshness(question)).isEqualTo(expected);
        assertThat(words.timeSensitive(question)).isEqualTo(expected != Freshness.ANY);
    }

    @Test
    void theEndsOfALongTextCount() {
        String filler = "plain words ".repeat(10_000);
        assertThat(words.timeSensitive(filler + "as of today?")).isTrue();
        assertThat(words.timeSensitive("Today: " + filler)).isTrue();
        assertThat(words.timeSensitive(filler + " today " + filler)).isFalse();
    }
}
