/** The search-local plugin: Lucene over a folder of documents. */
@NullMarked
package ai.orchestrator.search.local;

import org.jspecify.annotations.NullMarked;
