package ai.orchestrator.model.llamacpp;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class LoadingTest {
    @Test
    void a_process_that_hangs_while_it_is_asked_whether_it_is_ready_is_given_up() throws Exception {
        try (ChildProcess hanging = ChildProcess.start(folder -> new ProcessBuilder("cat"))) {
            assertThatThrownBy(() -> Loading.await(
                            hanging, Duration.ofMillis(200), Duration.ofMillis(1), () -> hasEnded(hanging)))
                    .isInstanceOf(LoadException.class)
                    .hasMessage("it was not loaded within 200 ms");
        }
    }

    /** Says nothing until it is too late. */
    private static boolean hasEnded(ChildProcess process) {
        process.process().onExit().join();
        return false;
    }
}
