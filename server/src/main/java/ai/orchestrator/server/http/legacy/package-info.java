/** The API of the service that this one replaces. */
@NullMarked
package ai.orchestrator.server.http.legacy;

import org.jspecify.annotations.NullMarked;
