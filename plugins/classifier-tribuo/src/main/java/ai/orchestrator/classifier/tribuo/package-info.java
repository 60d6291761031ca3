/** The classifier-tribuo plugin: a linear model that learnt from outcomes which questions a small model fails. */
@NullMarked
package ai.orchestrator.classifier.tribuo;

import org.jspecify.annotations.NullMarked;
