/** The configuration: {@code orchestrator.yaml}, the environment and the command line, read into records and checked whole. */
@NullMarked
package ai.orchestrator.server.config;

import org.jspecify.annotations.NullMarked;
