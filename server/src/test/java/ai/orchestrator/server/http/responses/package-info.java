@NullMarked
package ai.orchestrator.server.http.responses;

import org.jspecify.annotations.NullMarked;
