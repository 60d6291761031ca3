/** Embedding providers: what turns text into vectors. */
@NullMarked
package ai.orchestrator.plugin.embed;

import org.jspecify.annotations.NullMarked;
