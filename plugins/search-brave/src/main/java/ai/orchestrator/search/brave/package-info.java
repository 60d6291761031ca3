/** The search-brave plugin: the Brave Search API. */
@NullMarked
package ai.orchestrator.search.brave;

import org.jspecify.annotations.NullMarked;
