/** Search engines: what finds evidence for a question. */
@NullMarked
package ai.orchestrator.plugin.search;

import org.jspecify.annotations.NullMarked;
