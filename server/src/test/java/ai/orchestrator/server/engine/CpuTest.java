package ai.orchestrator.server.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CpuTest {
    @TempDir
    Path folder;

    @Test
    void theFlagsThatMatterAreRead() throws Exception {
        Cpu cpu = cpu("""
                processor\t: 0
                model name\t: A Processor: v2
                flags\t\t: fpu avx2 md_clear avx512f fma

                processor\t: 1
                model name\t: A Processor: v2
                flags\t\t: fpu avx2 md_clear avx512f fma
                """);

        assertThat(cpu.name()).isEqualTo("A Processor: v2");
        assertThat(cpu.flags()).containsExactly("avx2", "avx512f", "fma");
    }

    @Test
    void armCallsThemFeatures() throws Exception {
        assertThat(cpu("Features\t: fp asimd crc32 asimddp i8mm\n").flags())
                .containsExactly("asimd", "asimddp", "i8mm");
    }

    @Test
    void whereTheSystemDoesNotTellNothingIsKnown() {
        assertThat(Cpu.of(folder.resolve("absent")).flags()).isEmpty();
    }

    private Cpu cpu(String cpuinfo) throws Exception {
        return Cpu.of(Files.writeString(folder.resolve("cpuinfo"), cpuinfo));
    }
}
