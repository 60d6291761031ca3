/** The product's own endpoints: statistics, search, the explanation of a route, and the cache. */
@NullMarked
package ai.orchestrator.server.http.admin;

import org.jspecify.annotations.NullMarked;
