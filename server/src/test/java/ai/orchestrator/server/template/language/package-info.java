@NullMarked
package ai.orchestrator.server.template.language;

import org.jspecify.annotations.NullMarked;
