package ai.orchestrator.cache.sqlite;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * What was found when the file was opened for writing.
 *
 * @param shrinks whether free pages can be given back to the disk
 * @param servesOldTable whether the older service's table is in the file, and its rows are served
 * @param pagesOfOthers pages that are not ours, which do not count
 */
record OpenFile(Connection connection, boolean shrinks, boolean servesOldTable, long pagesOfOthers) {
    private static final int INCREMENTAL = 2;

    static OpenFile of(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            return new OpenFile(
                    connection,
                    Schema.pragma(statement, "auto_vacuum") == INCREMENTAL,
                    OldTable.isServedFrom(statement),
                    OldTable.pages(statement));
        }
    }
}
