package ai.orchestrator.cache.sqlite;

import ai.orchestrator.plugin.FailureCode;
import ai.orchestrator.plugin.PluginFailure;
import java.sql.SQLException;
import java.util.List;

/** Makes changes in transactions, on the writing thread, and tells those who wait for them. */
final class Batches {
    private final String file;
    private final FileState state;

    /** @param file what the file is called */
    Batches(String file, FileState state) {
        this.file = file;
        this.state = state;
    }

    /**
     * Makes these changes in one transaction; each in its own if one of them may spoil it for the others.
     *
     * @throws SQLException if the open file is of no more use; then all changes have failed that are not made
     */
    void commit(FileWriter writer, List<Write<?>> batch) throws SQLException {
        try {
            writer.begin();
            for (Write<?> write : batch) {
                write.apply(writer);
            }
            writer.commit();
        } catch (SQLException e) {
            SqliteFault fault = SqliteFault.of(e);
            if (fault.effect().endsUse()) {
                fail(batch, fault.toFailure(file));
                throw e;
            }
            takeBack(writer, batch, fault);
            return;
        } catch (RuntimeException | OutOfMemoryError e) {
            takeBack(writer, batch, SqliteFault.of(e));
            return;
        }
        state.written();
        batch.forEach(Write::committed);
    }

    private void takeBack(FileWriter writer, List<Write<?>> batch, SqliteFault fault) throws SQLException {
        writer.rollback();
        if (batch.size() > 1 && fault.code() != FailureCode.OVERLOADED) {
            try {
                for (Write<?> write : batch) {
                    commit(writer, List.of(write));
                }
            } finally {
                fail(batch, fault.toFailure(file)); // those that were not come to
            }
            return;
        }
        if (fault.effect() == SqliteFault.Effect.READ_ONLY) {
            state.notWritten(fault);
        }
        fail(batch, fault.toFailure(file));
    }

    private static void fail(List<Write<?>> batch, PluginFailure failure) {
        batch.forEach(write -> write.failed(failure));
    }
}
