package ai.orchestrator.cache.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import ai.orchestrator.plugin.Health;
import ai.orchestrator.plugin.Health.State;
import ai.orchestrator.testkit.LogRecorder;
import org.junit.jupiter.api.Test;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

class FileStateTest {
    private static final SqliteFault FULL = fault(SQLiteErrorCode.SQLITE_FULL);
    private static final SqliteFault CLOSED = fault(SQLiteErrorCode.SQLITE_CANTOPEN);

    private final FileState state = new FileState("c.sqlite");

    @Test
    void tellsAFaultThatComesAndGoesOnce() {
        try (LogRecorder log = new LogRecorder(FileState.class)) {
            state.opened(true);
            for (int i = 0; i < 5; i++) {
                state.notWritten(FULL);
                assertThat(state.health().state()).isEqualTo(State.DEGRADED);
                state.written();
                assertThat(state.health()).isEqualTo(Health.up());
            }
            assertThat(log.levels()).containsExactly("INFO", "WARN", "INFO");

            state.notOpen(CLOSED);
            state.opened(true);
            assertThat(log.levels()).containsExactly("INFO", "WARN", "INFO", "WARN", "INFO");
        }
    }

    @Test
    void saysWhyTheFileIsNotInUse() {
        assertThat(state.failure()).hasMessage("The cache file c.sqlite is being opened anew.");

        state.notOpen(CLOSED);
        assertThat(state.failure()).hasMessage("The cache file c.sqlite cannot be created or opened.");

        state.opened(true);
        assertThat(state.failure()).hasMessage("The cache file c.sqlite is being opened anew.");
    }

    private static SqliteFault fault(SQLiteErrorCode code) {
        return SqliteFault.of(new SQLiteException("made up", code));
    }
}
