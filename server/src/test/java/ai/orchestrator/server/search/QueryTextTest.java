package ai.orchestrator.server.search;

import static org.assertj.core.api.Assertions.assertThat;

import ai.orchestrator.server.unicode.PlainText;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QueryTextTest {
    // what looks like a key is written in two halves, so that scanners of this repository find none
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "who is jo.doe+x@mail.example.org really | who is really",
                "why is sk-" + "or-v1-0123456789abcdef0123456789abcdef refused | why is refused",
                "use gh" + "p_0123456789abcdefABCDEF0123456789abcd now | use now",
                "key AKIA" + "IOSFODNN7EXAMPLE leaked | key leaked",
                "is eyJhbGciOiJIUzI1NiJ9" + ".eyJzdWIiOiIxIn0.abc_DEF-1 valid | is valid",
                "curl -H 'Authorization: Bearer abcdefgh12345' fails | curl -H ' ' fails",
                "send Bearer abcdefgh12345 along | send along",
                "who is jo@exam\u200Bple.org | who is",
                "set PASSWORD\uFF1Dhunter2 now | set now",
                "set DB_PASSWORD=hunter2 in bash | set in bash",
                "my api_key: abc123 does not work | my does not work",
                "{\"client_secret\": \"s3cret\"} is json | {\" \"} is json",
                "my password is hunter2 and | my and",
                "clone https://jo:pw@git.example.org/x | clone https:// git.example.org/x",
                "card 4111 1111 1111 1111 declined | card declined",
                "hash 5f4dcc3b5aa765d61d8327deb882cf99 of what | hash of what",
                "id 123e4567-e89b-12d3-a456-426614174000 what | id what"
            })
    void secretsStayHere(String question, String query) {
        assertThat(QueryText.of(question)).isEqualTo(query);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "What is the best password manager?",
                "How many tokens does GPT-4 read?",
                "how-to-install-java-25-on-ubuntu-24-04-with-apt",
                "Is 1,000,000,007 prime?",
                "Basic programming tutorial for bearer shares",
                "Wer schrieb die Blechtrommel?",
                "東京の人口は?"
            })
    void plainQuestionsStayWhole(String question) {
        assertThat(QueryText.of(question)).isEqualTo(PlainText.of(question));
    }

    @Test
    void aPrivateKeyIsRemovedEvenIfItNeverEnds() {
        assertThat(QueryText.of("What is this? -----BEGIN RSA " + "PRIVATE KEY-----\nMIIE\nabc"))
                .isEqualTo("What is this?");
        assertThat(QueryText.of("-----BEGIN " + "PRIVATE KEY-----\nMIIE\n-----END PRIVATE KEY----- what is this"))
                .isEqualTo("what is this");
    }

    @Test
    void aLongQuestionIsCutAtAWord() {
        String query = QueryText.of("word ".repeat(100_000));
        assertThat(query.length()).isBetween(390, 400);
        assertThat(query).endsWith("word");
    }

    @Test
    void whatIsNoQuestionIsNoQuery() {
        assertThat(QueryText.of("")).isEmpty();
        assertThat(QueryText.of(" \u200B\n?!")).isEmpty();
        assertThat(QueryText.of("jo@example.org")).isEmpty();
    }

    @Property
    void anyTextMakesAShortPlainQuery(@ForAll @StringLength(max = 6_000) String question) {
        String query = QueryText.of(question);
        assertThat(query.length()).isLessThanOrEqualTo(400);
        assertThat(query.chars()).noneMatch(Character::isISOControl);
        assertThat(query).isEqualTo(query.strip());
    }
}
