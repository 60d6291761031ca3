package ai.orchestrator.cache.sqlite;

import ai.orchestrator.plugin.FailureCode;
import ai.orchestrator.plugin.PluginFailure;
import java.io.IOException;
import java.sql.SQLException;
import org.sqlite.NativeLibraryNotFoundException;
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
        /** Nothing: it is about one call, and the next may succeed. */
        NONE,
        /** Reads go on; nothing can be stored. */
        READ_ONLY,
        /** Close the file and try to open it again. */
        REOPEN,
        /** Set the file aside and begin a new one. */
        SET_ASIDE;

        /** True if the open file is of no more use. */
        boolean endsUse() {
            return this == REOPEN || this == SET_ASIDE;
        }
    }

    static SqliteFault of(Throwable cause) {
        return switch (cause) {
            case UnusableFileException unusable -> fault(Effect.REOPEN, unusable.what(), cause);
            case SQLException sql -> ofSql(sql);
            case LinkageError _ -> noLibrary(cause);
            case IOException _ -> fault(Effect.REOPEN, "cannot be created or opened", cause);
            default -> new SqliteFault(Effect.NONE, FailureCode.INTERNAL, "cannot be used", cause);
        };
    }

    /** True if the statement is at fault rather than the file: it does not fit the tables. */
    static boolean isStatementFault(SQLException fault) {
        SQLiteErrorCode primary = primary(fault);
        return primary == SQLiteErrorCode.SQLITE_ERROR || primary == SQLiteErrorCode.SQLITE_CONSTRAINT;
    }

    /** True if the file, or a page of it, is not as SQLite wrote it. */
    static boolean isDamage(SQLException fault) {
        return ofSql(fault).effect() == Effect.SET_ASIDE;
    }

    private static SqliteFault ofSql(SQLException cause) {
        if (cause.getCause() instanceof NativeLibraryNotFoundException) {
            return noLibrary(cause);
        }
        return switch (primary(cause)) {
            case SQLITE_CORRUPT -> fault(Effect.SET_ASIDE, "is damaged", cause);
            case SQLITE_NOTADB -> fault(Effect.SET_ASIDE, "is no SQLite database", cause);
            case SQLITE_FULL -> fault(Effect.READ_ONLY, "cannot grow: no space is left on its disk", cause);
            case SQLITE_BUSY, SQLITE_LOCKED ->
                new SqliteFault(Effect.READ_ONLY, FailureCode.OVERLOADED, "is locked by another process", cause);
            case SQLITE_READONLY, SQLITE_PERM -> fault(Effect.REOPEN, "may not be written", cause);
            case SQLITE_CANTOPEN -> fault(Effect.REOPEN, "cannot be created or opened", cause);
            case SQLITE_IOERR -> ofDisk(cause);
            case SQLITE_TOOBIG, SQLITE_NOMEM ->
                new SqliteFault(Effect.NONE, FailureCode.INTERNAL, "cannot take something that large", cause);
            case SQLITE_CONSTRAINT, SQLITE_MISMATCH, SQLITE_RANGE, SQLITE_INTERRUPT ->
                new SqliteFault(Effect.NONE, FailureCode.INTERNAL, "cannot be used: " + describe(cause), cause);
            default -> fault(Effect.REOPEN, "cannot be used: " + describe(cause), cause);
        };
    }

    /** A quota, and a limit on the size of files, show as a failed write. */
    private static SqliteFault ofDisk(SQLException cause) {
        return switch (result(cause)) {
            case SQLITE_IOERR_WRITE, SQLITE_IOERR_TRUNCATE, SQLITE_IOERR_SHMSIZE ->
                fault(Effect.READ_ONLY, "cannot be written: its disk reports an error", cause);
            default -> fault(Effect.REOPEN, "cannot be read or written: its disk reports an error", cause);
        };
    }

    private static SqliteFault noLibrary(Throwable cause) {
        return new SqliteFault(
                Effect.REOPEN,
                FailureCode.NOT_INSTALLED,
                "cannot be opened: SQLite's native library does not load",
                cause);
    }

    private static SqliteFault fault(Effect effect, String what, Throwable cause) {
        return new SqliteFault(effect, FailureCode.UNAVAILABLE, what, cause);
    }

    private static SQLiteErrorCode primary(SQLException cause) {
        return SQLiteErrorCode.getErrorCode(cause.getErrorCode() & 0xff);
    }

    /** More exact than the primary code. */
    private static SQLiteErrorCode result(SQLException cause) {
        return cause instanceof SQLiteException sqlite ? sqlite.getResultCode() : primary(cause);
    }

    /** SQLite's name of the fault; its message may hold the path. */
    private static String describe(SQLException cause) {
        return cause instanceof SQLiteException ? result(cause).name() : "the driver failed";
    }

    /** @param file what the file is called */
    PluginFailure toFailure(String file) {
        return new PluginFailure.Retriable(code, "The cache file " + file + " " + what + ".", cause);
    }
}
