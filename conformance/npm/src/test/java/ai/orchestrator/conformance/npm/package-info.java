/** Clients from npm against the running product: each is a script of its own, run by Node. */
@NullMarked
package ai.orchestrator.conformance.npm;

import org.jspecify.annotations.NullMarked;
