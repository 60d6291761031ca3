/** Documents in formats that take a parser of their own. */
@NullMarked
package ai.orchestrator.plugin.document;

import org.jspecify.annotations.NullMarked;
