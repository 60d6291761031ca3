@NullMarked
package ai.orchestrator.server.http.ollama;

import org.jspecify.annotations.NullMarked;
