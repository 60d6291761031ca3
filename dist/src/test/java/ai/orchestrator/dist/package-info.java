/** End-to-end tests: the assembled tree runs as a process of its own and is spoken to by HTTP. */
@NullMarked
package ai.orchestrator.dist;

import org.jspecify.annotations.NullMarked;
