/** What the host does for classifiers: vectors for their questions, outcomes to learn from, and how well they choose. */
@NullMarked
package ai.orchestrator.server.classify;

import org.jspecify.annotations.NullMarked;
