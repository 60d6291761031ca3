/** What tells requests apart in the cache, and what does not: properties of the keys of requests that came over the wire. */
@NullMarked
package ai.orchestrator.server.keys;

import org.jspecify.annotations.NullMarked;
