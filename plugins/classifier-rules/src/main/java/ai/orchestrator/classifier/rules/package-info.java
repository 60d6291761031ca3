/** The classifier-rules plugin: readable heuristics. */
@NullMarked
package ai.orchestrator.classifier.rules;

import org.jspecify.annotations.NullMarked;
