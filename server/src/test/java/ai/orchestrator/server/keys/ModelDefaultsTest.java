package ai.orchestrator.server.keys;

import static org.assertj.core.api.Assertions.assertThat;

import ai.orchestrator.server.orchestration.RequestFingerprint;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a request leaves out is what its surface or its model has for it; nobody knows that of a model elsewhere. */
class ModelDefaultsTest {
    private static final KeyServer SERVER = new KeyServer();

    private static final String OLLAMA_DEFAULTS =
            "'temperature':0.8,'top_k':40,'top_p':0.9,'min_p':0,'typical_p':1,'repeat_last_n':64,'repeat_penalty':1.0,"
                    + "'presence_penalty':0,'frequency_penalty':0,'seed':-1,'num_predict':-1,'num_keep':4,'stop':[]";
    private static final String HI = "'messages':[{'role':'user','content':'Hi'}]";

    @AfterAll
    static void stop() {
        SERVER.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    /api/chat            | HI                  | 'options':{OLLAMA},'think':true,'format':'','tools':[],'logprobs':false,'truncate':true,'shift':false
                    /api/chat            | HI                  | 'options':{},'stream':false,'template':null,'images':null,'tools':null
                    /api/generate        | 'prompt':'Hi'       | 'options':{OLLAMA},'think':true,'system':'','template':'','suffix':'','images':[],'raw':false,'context':[],'format':''
                    /v1/chat/completions | HI                  | 'temperature':1,'top_p':1,'n':1,'stop':[],'frequency_penalty':0,'presence_penalty':0,'tool_choice':'auto','tools':[],'response_format':{'type':'text'},'logprobs':false
                    /v1/chat/completions | HI                  | 'tool_choice':'none','seed':null,'stop':null,'max_tokens':null
                    /v1/completions      | 'prompt':'Hi'       | 'temperature':1,'top_p':1,'suffix':'','stop':[],'logprobs':null
                    /v1/completions      | 'prompt':'Hi'       | 'prompt':['Hi']
                    /v1/responses        | 'input':'Hi'        | 'temperature':1,'top_p':1,'truncation':'auto','tools':[],'tool_choice':'auto','instructions':'','text':{'format':{'type':'text'}},'top_logprobs':0,'background':false
                    /v1/responses        | 'input':'Hi'        | 'input':[{'role':'user','content':[{'type':'input_text','text':'Hi'}]}]
                    /v1/messages         | 'max_tokens':9,HI   | 'system':'','stop_sequences':[],'tools':[],'tool_choice':{'type':'auto'},'temperature':0.8,'top_k':40,'top_p':0.9,'mcp_servers':[]
                    /v1/messages         | 'max_tokens':9,HI   | 'messages':[{'role':'user','content':[{'type':'text','text':'Hi','cache_control':{'type':'ephemeral'}}]}],'system':[]
                    /api/chat            | 'message':'Hi'      | 'temperature':0.7,'max_tokens':2048,'cache_bypass':false,'conversation_id':null
                    """)
    void writingADefaultOutChangesNothing(String path, String body, String defaults) {
        assertThat(key(path, body + "," + defaults)).isEqualTo(key(path, body));
    }

    @Test
    void whatAModelHasForItselfCountsWhereARequestSaysNothing() {
        String coolest = "'model':'tuned'," + HI + ",'options':{'temperature':0.1}";
        assertThat(keyOf("/api/chat", coolest)).isEqualTo(keyOf("/api/chat", "'model':'tuned'," + HI));
        String ollamas = "'model':'tuned'," + HI + ",'options':{'temperature':0.8}";
        assertThat(keyOf("/api/chat", ollamas)).isNotEqualTo(keyOf("/api/chat", "'model':'tuned'," + HI));
    }

    @Test
    void whatAModelElsewhereHasForItselfIsNotKnown() {
        String nothing = "'model':'able'," + HI;
        assertThat(keyOf("/api/chat", nothing + ",'options':{'temperature':0.8}"))
                .isNotEqualTo(keyOf("/api/chat", nothing));
        assertThat(keyOf("/api/chat", nothing + ",'think':true")).isNotEqualTo(keyOf("/api/chat", nothing));
        assertThat(keyOf("/api/chat", nothing + ",'think':false")).isNotEqualTo(keyOf("/api/chat", nothing));
    }

    @Test
    void surfacesWithOtherDefaultsShareOnlyWhatIsWrittenOut() {
        RequestFingerprint ollama = key("/api/chat", HI);
        RequestFingerprint openAi = key("/v1/chat/completions", HI);
        RequestFingerprint legacy = key("/api/chat", "'message':'Hi'");
        assertThat(ollama).isNotEqualTo(openAi).isNotEqualTo(legacy);
        assertThat(openAi).isNotEqualTo(legacy);

        assertThat(key("/v1/chat/completions", HI + ",'temperature':0.8,'top_p':0.9"))
                .isEqualTo(ollama);
        assertThat(key("/api/chat", HI + ",'options':{'temperature':1.0,'top_p':1}"))
                .isEqualTo(openAi);
        assertThat(key("/api/chat", HI + ",'options':{'temperature':0.7,'num_predict':2048}"))
                .isEqualTo(legacy);
        assertThat(key("/v1/responses", "'input':'Hi'")).isEqualTo(openAi);
        assertThat(key("/v1/completions", "'prompt':'Hi'")).isEqualTo(openAi);
        assertThat(key("/api/generate", "'prompt':'Hi'")).isEqualTo(ollama);
    }

    private static RequestFingerprint key(String path, String members) {
        return keyOf(path, "'model':'local'," + members);
    }

    private static RequestFingerprint keyOf(String path, String members) {
        String body = "{" + members.replace("OLLAMA", OLLAMA_DEFAULTS).replace("HI", HI) + "}";
        return SERVER.key(path, body.replace('\'', '"'));
    }
}
