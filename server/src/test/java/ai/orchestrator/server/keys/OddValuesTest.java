package ai.orchestrator.server.keys;

import static org.assertj.core.api.Assertions.assertThat;

import ai.orchestrator.server.orchestration.RequestFingerprint;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
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
                "{\"a\":1}", "{\"a\":1,\"a\":1}", "{\"a\":2,\"a\":1}", "{\"a\":1e99999999999}", "{\"a\":1e-99999999999}",
                "{\"a\":1e400}", "{\"a\":\"Infinity\"}", "{\"a\":1}{\"b\":2}", "{\"a\":1} x"
            })
    void argumentsAreWhatTheySay(String arguments) {
        String quoted = arguments.replace("\\", "\\\\").replace("\"", "\\\"");
        String body = "{\"model\":\"local\",\"input\":[{\"role\":\"user\",\"content\":\"Hi\"},{\"type\":\"function_call\","
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
