/** The assembled tree as tests drive it: a process in a home folder of its own that is spoken to by HTTP. */
@NullMarked
package ai.orchestrator.dist;

import org.jspecify.annotations.NullMarked;
