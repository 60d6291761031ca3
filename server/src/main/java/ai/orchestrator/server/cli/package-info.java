/** The command line: {@code bin/orchestrator}. */
@NullMarked
package ai.orchestrator.server.cli;

import org.jspecify.annotations.NullMarked;
