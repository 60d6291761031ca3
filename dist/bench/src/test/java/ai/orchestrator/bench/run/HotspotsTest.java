package ai.orchestrator.bench.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32C;
import jdk.jfr.Recording;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs(OS.LINUX) // only there are these events
class HotspotsTest {
    private static final long CPU_NANOS = 1_000_000_000;

    @TempDir
    Path folder;

    @Test
    void whatComputesIsNamedWithItsPackageAndItsCallers() throws Exception {
        try (Recording recording = new Recording()) {
            recording.enable("jdk.CPUTimeSample").with("throttle", "5ms").withStackTrace();
            recording.start();
            compute();
            recording.stop();
            recording.dump(folder.resolve("server.jfr"));
        }

        Hotspots.write(folder);

        assertThat(folder.resolve("server.txt"))
                .content()
                .contains("% ai.orchestrator.bench.run\n")
                .containsPattern("\n +\\d+\\.\\d % ai\\.orchestrator\\.bench\\.run\\.HotspotsTest\\.compute\n");
        assertThat(Files.readAllLines(folder.resolve("server.txt")).getFirst()).matches("samples: [1-9]\\d*");
    }

    private static long compute() {
        CRC32C sum = new CRC32C();
        byte[] bytes = new byte[1 << 16];
        long begin = cpuNanos();
        while (cpuNanos() - begin < CPU_NANOS) {
            sum.update(bytes);
        }
        return sum.getValue();
    }

    private static long cpuNanos() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }
}
