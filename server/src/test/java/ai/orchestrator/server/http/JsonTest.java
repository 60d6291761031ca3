package ai.orchestrator.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
                    {"b":[1,2.0,{"d":null,"c":"x"}],"a":true} | {"a":true,"b":[1,2,{"c":"x","d":null}]}
                    1.50                                      | 1.5
                    1e2                                       | 100
                    -0.0                                      | 0
                    0.0001                                    | 0.0001
                    1e300                                     | 1E+300
                    123456789012345678901234567890            | 123456789012345678901234567890
                    """)
    void hasOneTextForAllSpellings(String json, String canonical) {
        assertThat(CanonicalJson.of(TestClient.parse(json))).isEqualTo(canonical);
    }

    @Test
    void refusesNumbersThatNoOneCanHold() {
        assertThatThrownBy(() -> CanonicalJson.of(TestClient.parse("1e999"))).isInstanceOf(HttpProblem.class);
    }

    @Test
    void boundsDepthAndCount() {
        refuses("{\"a\":" + "[".repeat(100_000), "the request's JSON is nested too deeply");
        refuses("{\"a\":[" + "1,".repeat(1_100_000) + "1]}", "too many or too long values");
        refuses("{\"a\":" + "9".repeat(5000) + "}", "too long values");
    }

    @Test
    void pointsAtWhatIsWrong() {
        refuses("{\"a\":1,\n\"b\" 2}", "invalid JSON at line 2");
        refuses("'a'", "invalid character ''' looking for beginning of value");
        refuses("\"a\"", "the request body must be a JSON object, not a string");
    }

    private static void refuses(String body, String message) {
        assertThatExceptionOfType(HttpProblem.class)
                .isThrownBy(() -> JsonBody.parse(body.getBytes(StandardCharsets.UTF_8)))
                .withMessageContaining(message)
                .matches(problem -> problem.status() == 400);
    }

    @Test
    void takesNullForAnObjectWithoutMembers() {
        assertThat(parse("null").names()).isEmpty();
        refuses("[null]", "the request body must be a JSON object, not an array");
    }

    @Test
    void takesTheLastOfTwoMembersAndNullForNone() {
        JsonObject body = parse("{\"A\":1,\"a\":2,\"b\":1,\"B\":null}");

        assertThat(body.integer("a")).contains(2);
        assertThat(body.has("b")).isFalse();
        assertThat(body.names()).containsExactly("a");
    }

    @Test
    void readsBytesThatAreNoUtf8() {
        byte[] body = "{\"a\":\"x?y\"}".getBytes(StandardCharsets.UTF_8);
        body[7] = (byte) 0xff;

        assertThat(JsonBody.parse(body).members("").text("a")).isEqualTo("x\uFFFDy");
    }

    @Test
    void complainsInPlainWordsWhereThereIsNoOwner() {
        JsonObject body = parse("{\"a\":\"x\",\"n\":1.5,\"o\":[],\"l\":[1]}");

        assertThatThrownBy(() -> body.bool("a")).hasMessage("'a' must be a boolean, not a string");
        assertThatThrownBy(() -> body.integer("n")).hasMessage("'n' must be a whole number");
        assertThatThrownBy(() -> body.object("o")).hasMessage("'o' must be an object, not an array");
        assertThatThrownBy(() -> body.texts("l")).hasMessage("'l' must be an array of strings, not a number");
        assertThatThrownBy(() -> body.objects("l")).hasMessage("'l' must be an array of objects, not a number");
        assertThatThrownBy(() -> body.number("a")).hasMessage("'a' must be a number, not a string");
        assertThatThrownBy(() -> body.text("n")).hasMessage("'n' must be a string, not a number");
    }

    private static JsonObject parse(String json) {
        return JsonBody.parse(json.getBytes(StandardCharsets.UTF_8)).members("");
    }

    @ParameterizedTest
    @CsvSource({
        "2026-08-21T18:48:22Z,2026-08-21T18:48:22Z",
        "2026-08-21T18:48:22.440Z,2026-08-21T18:48:22.44Z",
        "2026-08-21T18:48:22.419386Z,2026-08-21T18:48:22.419386Z",
        "2026-08-21T18:48:20.000000001Z,2026-08-21T18:48:20.000000001Z"
    })
    void writesTimesAsGoDoes(String instant, String expected) {
        assertThat(Timestamps.utc(Instant.parse(instant))).isEqualTo(expected);
    }

    @Test
    void writesLocalTimesWithTheirOffset() {
        assertThat(Timestamps.local(Instant.parse("2026-08-21T18:48:22.5Z")))
                .matches("2026-08-2[12]T\\d\\d:\\d\\d:22\\.5(Z|[+-]\\d\\d:\\d\\d)");
    }
}
