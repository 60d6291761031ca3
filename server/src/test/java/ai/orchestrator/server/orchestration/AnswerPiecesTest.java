package ai.orchestrator.server.orchestration;

import static ai.orchestrator.server.orchestration.Fakes.FINISHED;
import static org.assertj.core.api.Assertions.assertThat;

import ai.orchestrator.plugin.model.FinishReason;
import ai.orchestrator.plugin.model.ModelEvent;
import ai.orchestrator.plugin.model.TokenLogprob;
import ai.orchestrator.plugin.model.ToolCall;
import java.util.List;
import org.junit.jupiter.api.Test;

class AnswerPiecesTest {
    private final AnswerPieces pieces = new AnswerPieces(new Fakes.Search().checked(List.of(), false));

    @Test
    void whatIsHeldBackComesBeforeTheEnd() {
        assertThat(pieces.pass(new ModelEvent.Text("."))).isEmpty();
        assertThat(pieces.pass(FINISHED)).containsExactly(new ModelEvent.Text("."), FINISHED);
    }

    @Test
    void whatIsHeldBackComesBeforeACallButNotBeforeAThought() {
        ModelEvent thought = new ModelEvent.Think("hm");
        ModelEvent call = new ModelEvent.Call(new ToolCall("1", "f", "{}"));
        assertThat(pieces.pass(new ModelEvent.Text("."))).isEmpty();
        assertThat(pieces.pass(thought)).containsExactly(thought);
        assertThat(pieces.pass(call)).containsExactly(new ModelEvent.Text("."), call);
    }

    @Test
    void whatThereIsToSayBelowComesLast() {
        AnswerPieces listed = new AnswerPieces(new Fakes.Search().checked(List.of(), true));
        assertThat(listed.pass(new ModelEvent.Text("."))).isEmpty();
        assertThat(listed.pass(FINISHED)).containsExactly(new ModelEvent.Text("." + Fakes.Search.BELOW), FINISHED);
    }

    @Test
    void nothingIsSaidBelowAnAnswerThatAsksForATool() {
        ModelEvent call = new ModelEvent.Call(new ToolCall("1", "f", "{}"));
        AnswerPieces listed = new AnswerPieces(new Fakes.Search().checked(List.of(), true));
        assertThat(listed.pass(call)).containsExactly(call);
        assertThat(listed.pass(FINISHED)).containsExactly(FINISHED);

        ModelEvent cut = new ModelEvent.Finished(FinishReason.TOOL_CALLS, FINISHED.usage());
        AnswerPieces other = new AnswerPieces(new Fakes.Search().checked(List.of(), true));
        assertThat(other.pass(cut)).containsExactly(cut);
    }

    @Test
    void probabilitiesGoWithTheTextThatIsPassedOnNext() {
        TokenLogprob token = new TokenLogprob("a", -0.5, List.of(97), List.of());
        assertThat(pieces.pass(new ModelEvent.Text(".", List.of(token)))).isEmpty();
        assertThat(pieces.pass(new ModelEvent.Text("a", List.of(token))))
                .containsExactly(new ModelEvent.Text(".a", List.of(token, token)));
    }
}
