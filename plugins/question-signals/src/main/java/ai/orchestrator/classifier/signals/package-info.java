/** What the words and the shape of a question say of how hard it is: a library of the classifier plugins. */
@NullMarked
package ai.orchestrator.classifier.signals;

import org.jspecify.annotations.NullMarked;
