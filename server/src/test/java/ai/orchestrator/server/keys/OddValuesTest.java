package ai.orchestrator.server.keys;

import static org.assertj.core.api.Assertions.assertThat;

import ai.orchestrator.server.harness.Ask;
import ai.orchestrator.server.harness.Wire;
import ai.orchestrator.server.orchestration.RequestFingerprint;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Values at which two requests could be taken for one, or one for two. */
class OddValuesTest {
    private static final KeyServer SERVER = new KeyServer();

    @AfterAll
    static void stop() {
        SERVER.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    a seed below minus one is a seed        | 'options':{'seed':-1}              | 'options':{'seed':-2}
                    seeds are 64 bits                       | 'options':{'seed':4294967296}      | 'options':{'seed':0}
                    seeds beyond a double                   | 'options':{'seed':9007199254740993} | 'options':{'seed':9007199254740992}
                    no tokens and no limit                  | 'options':{'num_predict':0}        | 'options':{'num_predict':-1}
                    a context is not the default one        | 'options':{'num_ctx':4096}         | 'options':{}
                    an unknown option is not its text       | 'options':{'mirostat':2}           | 'options':{'mirostat':'2'}
                    an unknown option is not null           | 'options':{'mirostat':0}           | 'options':{'mirostat':null}
                    an unknown member is not its text       | 'novel':1                          | 'novel':'1'
                    truth is not its text                   | 'novel':true                       | 'novel':'true'
                    very large numbers                      | 'novel':9223372036854775808        | 'novel':9223372036854775807
                    larger ones                             | 'novel':1e300                      | 'novel':1e301
                    empty lists and objects                 | 'novel':[]                         | 'novel':{}
                    lists of lists                          | 'novel':[[1],[2]]                  | 'novel':[[1,2]]
                    a member within a member                | 'novel':{'a':{'b':1}}              | 'novel':{'a':{},'b':1}
                    low and on                              | 'think':'low'                      | 'think':true
                    any JSON and an empty schema            | 'format':'json'                    | 'format':{}
                    a schema that allows nothing            | 'format':{'not':{}}                | 'format':{}
                    a stop text that is two                 | 'options':{'stop':['ab']}          | 'options':{'stop':['a','b']}
                    a stop text of nothing                  | 'options':{'stop':['']}            | 'options':{'stop':[]}
                    probabilities                           | 'logprobs':true                    | 'logprobs':false,'top_logprobs':1
                    composed and decomposed characters      | 'novel':'\\u00e9'                  | 'novel':'e\\u0301'
                    """)
    void areTwo(String why, String members, String others) {
        assertThat(key(members)).as(why).isNotEqualTo(key(others));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    minus zero                  | 'options':{'temperature':-0.0}            | 'options':{'temperature':0}
                    a seed too large for 64 bit | 'options':{'seed':9223372036854775808}    | 'options':{'seed':9223372036854775807}
                    limits below none           | 'options':{'num_predict':-2}              | 'options':{'num_predict':-1}
                    the last of two members     | 'options':{'seed':1},'options':{'seed':2} | 'options':{'seed':2}
                    a name in capitals          | 'OPTIONS':{'seed':2}                      | 'options':{'seed':2}
                    half characters             | 'novel':'\\ud800'                         | 'novel':'\\ufffd'
                    """)
    void areOne(String why, String members, String others) {
        assertThat(key(members)).as(why).isEqualTo(key(others));
    }

    @Test
    void allPartsOfAPromptCount() {
        List<String> parts = List.of(
                "'prompt':'a'",
                "'prompt':'b'",
                "'prompt':'a','system':'s'",
                "'prompt':'a','system':'t'",
                "'prompt':'a','suffix':'x'",
                "'prompt':'ax','suffix':''",
                "'prompt':'a','suffix':'y'",
                "'prompt':'a','images':['AQID']",
                "'prompt':'a','images':['AQIE']",
                "'prompt':'a','images':['AQID','AQID']",
                "'prompt':'a','template':'{{ .Prompt }}!'",
                "'prompt':'a','template':'{{ .Prompt }}?'",
                "'prompt':'a','template':'{{ .System }}{{ .Prompt }}','system':'s'",
                "'prompt':'a','suffix':'x','images':['AQID']");
        assertThat(parts.stream().map(part -> SERVER.key("/api/generate", json("{'model':'local'," + part + "}"))))
                .doesNotHaveDuplicates();
    }

    /** What no {@code double} can hold is passed on as it is, not as the next one or as a word, and no exponent brings the server down. */
    @ParameterizedTest
    @CsvSource({
        "1e400, '\"Infinity\"'",
        "0.1234567890123456789, 0.12345678901234568",
        "1e999999999999, 1",
        "-1e400, 1e400"
    })
    void numbersBeyondADoubleAreNoOthers(String number, String other) {
        List<Wire> wires = List.of(Wire.CHAT, Wire.CHAT_COMPLETIONS, Wire.RESPONSES, Wire.MESSAGES);
        Ask.Call call =
                new Ask.Call("c", "f", JsonNodeFactory.instance.objectNode().put("x", "NUMBER"));
        Ask ask = Ask.question("Hi");
        Ask called = ask.withTurns(List.of(
                ask.turns().getFirst(), new Ask.Turn.Assistant("", "", List.of(call)), new Ask.Turn.Result(0, "r")));
        for (Wire wire : wires) {
            String body = wire.body(called).orElseThrow().toString();
            assertThat(SERVER.tryKey(wire.path, with(body, number)))
                    .as("%s", wire)
                    .isNotEqualTo(SERVER.tryKey(wire.path, with(body, other)));
        }
    }

    private static String with(String body, String number) {
        return body.replace("\\\"NUMBER\\\"", number.replace("\"", "\\\"")).replace("\"NUMBER\"", number);
    }

    /** The bytes count, however they are spelled; what a client calls their type does not reach the model. */
    @ParameterizedTest
    @ValueSource(strings = {"data:image/png;base64,AQIDBA==", "data:image/jpeg;base64,AQIDBA==", "data:;base64,AQIDBA"})
    void anImageIsItsBytes(String url) {
        String native64 = "{'model':'local','messages':[{'role':'user','content':'Hi','images':['AQIDBA==']}],"
                + "'options':{'temperature':1,'top_p':1}}";
        String wrapped = native64.replace("AQIDBA==", "AQID\\nBA==");
        String openAi = "{'model':'local','messages':[{'role':'user','content':[{'type':'text','text':'Hi'},"
                + "{'type':'image_url','image_url':{'url':'" + url + "'}}]}]}";

        RequestFingerprint key = SERVER.key("/api/chat", json(native64));
        assertThat(SERVER.key("/api/chat", json(wrapped))).isEqualTo(key);
        assertThat(SERVER.key("/v1/chat/completions", json(openAi))).isEqualTo(key);
    }

    /** No JSON that a call's arguments could be taken from is read as other JSON, and none brings the server down. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"a\":1}",
                "{\"a\":1,\"a\":1}",
                "{\"a\":2,\"a\":1}",
                "{\"a\":1e99999999999}",
                "{\"a\":1e-99999999999}",
                "{\"a\":1e400}",
                "{\"a\":\"Infinity\"}",
                "{\"a\":1}{\"b\":2}",
                "{\"a\":1} x"
            })
    void argumentsAreWhatTheySay(String arguments) {
        String quoted = arguments.replace("\\", "\\\\").replace("\"", "\\\"");
        String body =
                "{\"model\":\"local\",\"input\":[{\"role\":\"user\",\"content\":\"Hi\"},{\"type\":\"function_call\","
                        + "\"call_id\":\"c\",\"name\":\"f\",\"arguments\":\"%s\"}]}";
        Optional<RequestFingerprint> key = SERVER.tryKey("/v1/responses", body.formatted(quoted));
        for (String other : List.of("{\\\"a\\\":3}", "{\\\"a\\\":1.5}", "{\\\"a\\\":\\\"1\\\"}")) {
            assertThat(key).isNotEqualTo(SERVER.tryKey("/v1/responses", body.formatted(other)));
        }
        boolean plain = arguments.equals("{\"a\":1}");
        assertThat(key.equals(SERVER.tryKey("/v1/responses", body.formatted("{\\\"a\\\":1}"))))
                .as("the same as {\"a\":1}")
                .isEqualTo(plain);
    }

    private static RequestFingerprint key(String members) {
        return SERVER.key(
                "/api/chat", json("{'model':'local','messages':[{'role':'user','content':'Hi'}]," + members + "}"));
    }

    private static String json(String text) {
        return text.replace('\'', '"');
    }
}
