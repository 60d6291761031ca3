/** The operator's routing rules: {@code routes.yaml}, read and checked whole, then applied to requests. */
@NullMarked
package ai.orchestrator.server.routing;

import org.jspecify.annotations.NullMarked;
