/** This server's own endpoints: statistics, analysis of a query, search, and removal from the cache. */
@NullMarked
package ai.orchestrator.server.http.admin;

import org.jspecify.annotations.NullMarked;
