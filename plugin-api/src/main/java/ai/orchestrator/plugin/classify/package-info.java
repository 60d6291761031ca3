/** Complexity classifiers: how hard a question is. */
@NullMarked
package ai.orchestrator.plugin.classify;

import org.jspecify.annotations.NullMarked;
