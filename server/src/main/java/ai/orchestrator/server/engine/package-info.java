/** Installs a native engine, {@code llama-server}: from an archive of programs, or built from its source for this machine's CPU. */
@NullMarked
package ai.orchestrator.server.engine;

import org.jspecify.annotations.NullMarked;
