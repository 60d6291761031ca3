@NullMarked
package ai.orchestrator.server.http.anthropic;

import org.jspecify.annotations.NullMarked;
