package ai.orchestrator.model.llamacpp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ChildProcessTest {
    @Test
    void processes_that_say_nothing_leave_room_for_other_virtual_threads() throws Exception {
        List<ChildProcess> silent = new ArrayList<>();
        try {
            for (int i = 0; i < 3 * Runtime.getRuntime().availableProcessors(); i++) {
                silent.add(ChildProcess.start(folder -> new ProcessBuilder("cat")));
            }
            CountDownLatch ran = new CountDownLatch(100);
            for (int i = 0; i < 100; i++) {
                Thread.startVirtualThread(ran::countDown);
            }
            assertThat(ran.await(1, TimeUnit.MINUTES)).isTrue();
        } finally {
            silent.forEach(ChildProcess::close);
        }
    }
}
