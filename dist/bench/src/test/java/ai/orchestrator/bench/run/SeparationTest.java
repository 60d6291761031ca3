package ai.orchestrator.bench.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SeparationTest {
    @Test
    void listsOfProcessorsAreReadAsTheSystemWritesThem() {
        assertThat(Separation.numbers("0-3,8")).containsExactly(0, 1, 2, 3, 8);
        assertThat(Separation.numbers("5")).containsExactly(5);
    }

    @Test
    void aCommandIsOnlyPutApartAndNotChanged() throws Exception {
        List<String> command = List.of("server", "--port", "1");
        try (Separation apart = Separation.begin()) {
            assertThat(apart.apart(command)).endsWith("server", "--port", "1");
            assertThat(apart.note()).contains("taskset");
        }
    }
}
