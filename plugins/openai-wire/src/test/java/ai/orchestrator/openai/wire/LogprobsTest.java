package ai.orchestrator.openai.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.orchestrator.plugin.FailureCode;
import ai.orchestrator.plugin.PluginFailure;
import ai.orchestrator.plugin.model.ModelEvent;
import ai.orchestrator.plugin.model.TokenLogprob;
import ai.orchestrator.testkit.ModelEventRecorder;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class LogprobsTest {
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final ErrorReader ERRORS = new ErrorReader(
            new Endpoint(
                    URI.create("https://models.example/v1"),
                    Optional.empty(),
                    Map.of(),
                    new Timeouts(SECOND, SECOND, SECOND, SECOND)),
            Clock.systemUTC());

    private final ModelEventRecorder events = new ModelEventRecorder();
    private final ChatReply reply = new ChatReply("acme/chat", OptionalInt.of(1), events, ERRORS, new Doubts("test"));

    @Test
    void readsThoseOfAChat() {
        frame("""
                {"choices":[{"delta":{"content":"Hi"},"logprobs":{"content":[{"token":"Hi","logprob":-0.5,"bytes":[72,105],
                 "top_logprobs":[{"token":"Yo","logprob":-2,"bytes":[89,111]},{"token":"Hi","logprob":-0.5,"bytes":null}]}]}}]}""");
        assertThat(texts())
                .containsExactly(new ModelEvent.Text(
                        "Hi",
                        List.of(new TokenLogprob(
                                "Hi",
                                -0.5,
                                List.of(72, 105),
                                List.of(new TokenLogprob.Alternative("Hi", -0.5, List.of(72, 105)))))));
    }

    @Test
    void readsThoseOfATextCompletion() {
        frame("""
                {"choices":[{"text":" time","logprobs":{"tokens":[" time"],"token_logprobs":[0.00001],
                 "top_logprobs":[{" time":-0.1,"é":-3}],"text_offset":[4]}}]}""");
        assertThat(texts())
                .containsExactly(new ModelEvent.Text(
                        " time",
                        List.of(new TokenLogprob(
                                " time",
                                0,
                                List.of(32, 116, 105, 109, 101),
                                List.of(new TokenLogprob.Alternative(
                                        " time", -0.1, List.of(32, 116, 105, 109, 101)))))));
    }

    @Test
    void keepsATokenUntilTheCharacterIsWhole() {
        frame("""
                {"choices":[{"delta":{"content":""},"logprobs":{"content":[{"token":"\ufffd","logprob":-1,"bytes":[195]}]}}]}""");
        frame("""
                {"choices":[{"delta":{"content":"é"},"logprobs":{"content":[{"token":"\ufffd","logprob":-2,"bytes":[169]}]}}]}""");
        assertThat(texts()).singleElement().satisfies(text -> assertThat(text.logprobs())
                .extracting(TokenLogprob::bytes)
                .containsExactly(List.of(195), List.of(169)));
    }

    @Test
    void leavesThoseOfThoughtsOut() {
        frame("""
                {"choices":[{"delta":{"reasoning":"Hm"},"logprobs":{"content":[{"token":"Hm","logprob":-1}]}}]}""");
        frame("""
                {"choices":[{"delta":{"content":"4"},"logprobs":{"content":[{"token":"4","logprob":-2}]}}]}""");
        assertThat(texts()).singleElement().satisfies(text -> assertThat(text.logprobs())
                .extracting(TokenLogprob::token)
                .containsExactly("4"));
    }

    @Test
    void failsBeforeTheFirstWordWhereTheServerTellsNone() {
        assertThatThrownBy(() -> frame("{\"choices\":[{\"delta\":{\"content\":\"Hi\"}}]}"))
                .isInstanceOfSatisfying(PluginFailure.Permanent.class, failure -> assertThat(failure.code())
                        .isEqualTo(FailureCode.UNSUPPORTED));
        assertThat(events.events()).isEmpty();
    }

    private void frame(String json) {
        reply.frame(Json.read(json));
    }

    private List<ModelEvent.Text> texts() {
        return events.events().stream()
                .filter(ModelEvent.Text.class::isInstance)
                .map(ModelEvent.Text.class::cast)
                .toList();
    }
}
