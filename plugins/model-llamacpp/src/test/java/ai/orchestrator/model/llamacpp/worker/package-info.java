/** Tests of the parts that a worker is made of. */
@NullMarked
package ai.orchestrator.model.llamacpp.worker;

import org.jspecify.annotations.NullMarked;
