/** The YAML of the operator's files, with the line of each value, the environment's variables filled in and all that is wrong with it. */
@NullMarked
package ai.orchestrator.server.yaml;

import org.jspecify.annotations.NullMarked;
