/** What a page says: its main text, cut into passages, and the ones that a question is about. */
@NullMarked
package ai.orchestrator.server.search.page;

import org.jspecify.annotations.NullMarked;
