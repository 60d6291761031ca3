/** The search-wikipedia plugin: Wikipedia, or another MediaWiki. */
@NullMarked
package ai.orchestrator.search.wikipedia;

import org.jspecify.annotations.NullMarked;
