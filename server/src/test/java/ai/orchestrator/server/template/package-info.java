@NullMarked
package ai.orchestrator.server.template;

import org.jspecify.annotations.NullMarked;
