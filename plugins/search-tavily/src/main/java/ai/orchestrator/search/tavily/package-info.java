/** The search-tavily plugin: the Tavily search API. */
@NullMarked
package ai.orchestrator.search.tavily;

import org.jspecify.annotations.NullMarked;
