/** Orders what engines found once more, by the words and by the meaning of the results. */
@NullMarked
package ai.orchestrator.server.search.rerank;

import org.jspecify.annotations.NullMarked;
