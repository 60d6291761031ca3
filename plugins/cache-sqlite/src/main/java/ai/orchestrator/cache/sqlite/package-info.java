/** The cache-sqlite plugin: SQLite in WAL mode. */
@NullMarked
package ai.orchestrator.cache.sqlite;

import org.jspecify.annotations.NullMarked;
