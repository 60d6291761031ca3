/** Go's {@code text/template}, as far as the templates of models use it; knows nothing of models. */
@NullMarked
package ai.orchestrator.server.template.language;

import org.jspecify.annotations.NullMarked;
