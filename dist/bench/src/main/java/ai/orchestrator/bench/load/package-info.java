/** Asks servers over HTTP/1.1, cheaply enough to share a small machine with them, and counts how long they take. */
@NullMarked
package ai.orchestrator.bench.load;

import org.jspecify.annotations.NullMarked;
