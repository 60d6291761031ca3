package ai.orchestrator.server.http.openai;

import static org.assertj.core.api.Assertions.assertThat;

import ai.orchestrator.server.http.TestClient.Reply;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TranscriptionsTest extends OpenAiFixture {
    private static final String PATH = "/v1/audio/transcriptions";
    private static final String MODEL = "Content-Disposition: form-data; name=\"model\"\r\n\r\n";
    private static final String FILE =
            "content-disposition: form-data; name=\"file\"; filename=\"a.wav\"\r\nContent-Type: audio/wav\r\n\r\n";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "test|RIFF|400|invalid_request_error|\"test\" does not support audio: no model of this server transcribes",
                "|RIFF|400|invalid_request_error|model is required",
                "test||400|invalid_request_error|file is required: http: no such file",
                "test|~~|400|invalid_request_error|audio file is empty",
                "nope|RIFF|404|not_found_error|model 'nope' not found"
            })
    void checksTheFormAndThenSaysThatItCannot(String model, String file, int status, String type, String message) {
        Reply reply = client.post(
                PATH,
                (model == null ? "" : "--x\r\n" + MODEL + model + "\r\n")
                        + (file == null ? "" : "--x\r\n" + FILE + file + "\r\n") + "--x--\r\n",
                "Content-Type",
                "multipart/form-data; boundary=x");

        assertThat(reply.status()).isEqualTo(status);
        assertThat(reply.body()).isEqualTo(error(type, message));
    }

    @Test
    void refusesWhatIsNoForm() {
        assertThat(client.post(PATH, "{}", "Content-Type", "application/json").body())
                .isEqualTo(error(
                        "invalid_request_error",
                        "failed to parse multipart form: request Content-Type isn't multipart/form-data"));
        assertThat(client.post(PATH, "--x\r\n" + MODEL, "Content-Type", "multipart/form-data; boundary=\"x\"")
                        .body())
                .isEqualTo(error("invalid_request_error", "failed to parse multipart form: it is not whole"));
    }
}
