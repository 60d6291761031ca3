/** Model providers: what generates text. */
@NullMarked
package ai.orchestrator.plugin.model;

import org.jspecify.annotations.NullMarked;
