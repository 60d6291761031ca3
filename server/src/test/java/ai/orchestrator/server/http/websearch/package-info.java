@NullMarked
package ai.orchestrator.server.http.websearch;

import org.jspecify.annotations.NullMarked;
