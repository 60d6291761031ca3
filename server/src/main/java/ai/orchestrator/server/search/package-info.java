/** Web search: all engines at once, their results merged and ranked, and put before a question as quoted evidence. */
@NullMarked
package ai.orchestrator.server.search;

import org.jspecify.annotations.NullMarked;
