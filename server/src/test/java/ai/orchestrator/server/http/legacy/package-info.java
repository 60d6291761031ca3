@NullMarked
package ai.orchestrator.server.http.legacy;

import org.jspecify.annotations.NullMarked;
