/** The ledger: what was spent, in `data/ledger.sqlite`. */
@NullMarked
package ai.orchestrator.server.cost;

import org.jspecify.annotations.NullMarked;
