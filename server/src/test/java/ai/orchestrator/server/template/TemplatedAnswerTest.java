package ai.orchestrator.server.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.orchestrator.plugin.FailureCode;
import ai.orchestrator.plugin.PluginFailure;
import ai.orchestrator.plugin.model.Message;
import ai.orchestrator.plugin.model.ModelEvent;
import ai.orchestrator.plugin.model.ModelEvents;
import ai.orchestrator.plugin.model.ModelRequest;
import ai.orchestrator.plugin.model.Prompt;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TemplatedAnswerTest {
    private static final PromptTemplate TEMPLATE =
            PromptTemplate.parse("{{ range .Messages }}{{ .Role }}:{{ .Content }};{{ end }}");

    private final List<String> prompts = new ArrayList<>();
    private final Answer answer = new Answer();

    private static ModelRequest request() {
        List<Message> messages = new ArrayList<>();
        messages.add(Message.of("system", "S"));
        for (int turn = 1; turn <= 4; turn++) {
            messages.add(Message.of("user", "u" + turn));
            messages.add(Message.of("assistant", "a" + turn));
        }
        messages.add(Message.of("user", "last"));
        return ModelRequest.of("r", "m:latest", new Prompt.Chat(messages));
    }

    private void take(ModelRequest request, ModelEvents events, int characters) {
        String text = ((Prompt.Raw) request.prompt()).text();
        prompts.add(text);
        if (text.length() > characters) {
            throw new PluginFailure.Permanent(FailureCode.CONTEXT_LENGTH, "too long");
        }
        events.emit(new ModelEvent.Text("Hi"));
    }

    @Test
    void leavesOutTheOldestMessagesUntilTheModelTakesTheRest() {
        TemplatedAnswer.stream(TEMPLATE, request(), answer, (request, events) -> take(request, events, 65));

        assertThat(prompts)
                .hasSize(4)
                .last()
                .isEqualTo("system:S;user:u3;assistant:a3;user:u4;assistant:a4;user:last;");
        assertThat(answer.shown()).isEqualTo("|text:Hi");
    }

    @Test
    void failsWhereEvenTheLastMessageIsTooLong() {
        assertThatThrownBy(() -> TemplatedAnswer.stream(
                        TEMPLATE, request(), answer, (request, events) -> take(request, events, 5)))
                .isInstanceOf(PluginFailure.Permanent.class);
        assertThat(prompts).last().isEqualTo("system:S;user:last;");
        assertThat(answer.events).isEmpty();
    }

    @Test
    void asksNoSecondTimeAfterTheFirstPiece() {
        assertThatThrownBy(() -> TemplatedAnswer.stream(TEMPLATE, request(), answer, (request, events) -> {
                    events.emit(new ModelEvent.Text("Hi"));
                    take(request, events, 5);
                }))
                .isInstanceOf(PluginFailure.Permanent.class);
        assertThat(prompts).hasSize(1);
    }
}
