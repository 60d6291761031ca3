package ai.orchestrator.server.http.ollama;

import static org.assertj.core.api.Assertions.assertThat;

import ai.orchestrator.plugin.model.SamplingOptions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OptionsTest extends OllamaFixture {
    @Test
    void takesEveryOptionByItsName() {
        client.post("/api/generate", """
                {"model":"test","prompt":"x","options":{"num_predict":1,"num_ctx":2.0,"num_keep":3,"temperature":0.5,
                 "top_k":4,"top_p":0.25,"min_p":0.125,"typical_p":1,"repeat_last_n":5,"repeat_penalty":1.5,
                 "presence_penalty":-1,"frequency_penalty":2,"seed":12345678901,"stop":["a","b"],"num_gpu":null,
                 "num_thread":2,"main_gpu":0,"unheard_of":"y"}}
                """);

        assertThat(answers.last().options())
                .isEqualTo(SamplingOptions.builder()
                        .numPredict(1)
                        .numCtx(2)
                        .numKeep(3)
                        .temperature(0.5)
                        .topK(4)
                        .topP(0.25)
                        .minP(0.125)
                        .typicalP(1)
                        .repeatLastN(5)
                        .repeatPenalty(1.5)
                        .presencePenalty(-1)
                        .frequencyPenalty(2)
                        .seed(12345678901L)
                        .stop(List.of("a", "b"))
                        .other("num_thread", "2")
                        .other("main_gpu", "0")
                        .other("unheard_of", "\"y\"")
                        .build());
    }

    @Test
    void takesANumberThatIsTooLargeAsTheLargest() {
        client.post("/api/generate", """
                {"model":"test","prompt":"x","options":{"num_predict":1e20,"num_ctx":4294967296,"seed":18446744073709551615}}
                """);

        assertThat(answers.last().options())
                .isEqualTo(SamplingOptions.builder()
                        .numPredict(Integer.MAX_VALUE)
                        .numCtx(Integer.MAX_VALUE)
                        .seed(Long.MAX_VALUE)
                        .build());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    "temperature":"hot"      | option "temperature" must be of type float32
                    "top_p":true             | option "top_p" must be of type float32
                    "min_p":1e300            | option "min_p" must be of type float32
                    "num_ctx":"4096"         | option "num_ctx" must be of type integer
                    "num_predict":true       | option "num_predict" must be of type integer
                    "seed":[1]               | option "seed" must be of type integer
                    "stop":"x"               | option "stop" must be of type array
                    "stop":[1]               | option "stop" must be of an array of strings
                    "num_thread":"2"         | option "num_thread" must be of type integer
                    "use_mmap":1             | option "use_mmap" must be of type boolean
                    """)
    void refusesAnOptionOfAnotherTypeAsOllamaDoes(String option, String message) {
        var reply = client.post("/api/generate", "{\"model\":\"test\",\"prompt\":\"x\",\"options\":{" + option + "}}");

        assertThat(reply.status()).isEqualTo(500);
        assertThat(reply.json().path("error").asText()).isEqualTo(message);
    }
}
