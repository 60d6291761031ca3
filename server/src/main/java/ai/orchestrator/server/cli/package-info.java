/** The command line: {@code orchestrator serve}, {@code download}, {@code engine}, {@code config check}, {@code config address}, {@code version}. */
@NullMarked
package ai.orchestrator.server.cli;

import org.jspecify.annotations.NullMarked;
