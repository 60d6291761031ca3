/** The search-searxng plugin: a SearXNG instance. */
@NullMarked
package ai.orchestrator.search.searxng;

import org.jspecify.annotations.NullMarked;
