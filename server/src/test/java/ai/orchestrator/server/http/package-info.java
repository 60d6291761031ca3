@NullMarked
package ai.orchestrator.server.http;

import org.jspecify.annotations.NullMarked;
