@NullMarked
package ai.orchestrator.server.http.openai;

import org.jspecify.annotations.NullMarked;
