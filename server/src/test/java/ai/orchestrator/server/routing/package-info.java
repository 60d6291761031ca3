@NullMarked
package ai.orchestrator.server.routing;

import org.jspecify.annotations.NullMarked;
