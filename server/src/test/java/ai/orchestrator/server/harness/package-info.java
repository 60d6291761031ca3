/** A whole server for tests: the real surfaces, pipeline, rules and cache over scripted models. */
@NullMarked
package ai.orchestrator.server.harness;

import org.jspecify.annotations.NullMarked;
