/** Checks answers that were made with found text: their citations, and where their links and images lead. */
@NullMarked
package ai.orchestrator.server.search.answer;

import org.jspecify.annotations.NullMarked;
