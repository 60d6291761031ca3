package ai.orchestrator.cache.sqlite;

import ai.orchestrator.plugin.FailureCode;
import ai.orchestrator.plugin.PluginFailure;
import java.sql.SQLException;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/**
 * What an exception says about the file.
 *
 * @param what goes on after the file's name, without a full stop
 */
record SqliteFault(Effect effect, FailureCode code, String what, Throwable cause) {
    /** What is to be done about it. */
    enum Effect {
        /** Nothing: the next call may succeed. */
        NONE,
        /** Reads go on; nothing can be stored. */
        READ_ONLY,
        /** Close the file and try to open it again. */
        REOPEN,
        /** Set the file aside and begin a new one. */
        SET_ASIDE
    }

    static SqliteFault of(Throwable cause) {
        return switch (cause) {
            case UnusableFileException unusable ->
                new SqliteFault(Effect.REOPEN, FailureCode.UNAVAILABLE, unusable.what(), cause);
            case SQLException sql -> ofSql(sql);
            case LinkageError _ ->
                new SqliteFault(
                        Effect.REOPEN,
                        FailureCode.NOT_INSTALLED,
                        "cannot be opened: SQLite's native library does not load",
                        cause);
            default -> new SqliteFault(Effect.REOPEN, FailureCode.UNAVAILABLE, "cannot be created or opened", cause);
        };
    }

    private static SqliteFault ofSql(SQLException cause) {
        int primary = cause.getErrorCode() & 0xff;
        return switch (SQLiteErrorCode.getErrorCode(primary)) {
            case SQLITE_CORRUPT -> fault(Effect.SET_ASIDE, "is damaged", cause);
            case SQLITE_NOTADB -> fault(Effect.SET_ASIDE, "is no SQLite database", cause);
            case SQLITE_FULL -> fault(Effect.READ_ONLY, "cannot grow: no space is left on its disk", cause);
            case SQLITE_BUSY, SQLITE_LOCKED ->
                new SqliteFault(Effect.NONE, FailureCode.OVERLOADED, "is locked by another process", cause);
            case SQLITE_READONLY, SQLITE_PERM -> fault(Effect.REOPEN, "may not be written", cause);
            case SQLITE_CANTOPEN -> fault(Effect.REOPEN, "cannot be created or opened", cause);
            case SQLITE_IOERR -> fault(Effect.REOPEN, "cannot be read or written: its disk reports an error", cause);
            default -> fault(Effect.REOPEN, "cannot be used: " + describe(cause), cause);
        };
    }

    private static SqliteFault fault(Effect effect, String what, SQLException cause) {
        return new SqliteFault(effect, FailureCode.UNAVAILABLE, what, cause);
    }

    /** SQLite's name of the fault; its message may hold the path. */
    private static String describe(SQLException cause) {
        return cause instanceof SQLiteException sqlite ? sqlite.getResultCode().name() : "the driver failed";
    }

    /** @param file what the file is called */
    PluginFailure toFailure(String file) {
        return new PluginFailure.Retriable(code, "The cache file " + file + " " + what + ".", cause);
    }
}
