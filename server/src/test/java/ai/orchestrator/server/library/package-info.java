@NullMarked
package ai.orchestrator.server.library;

import org.jspecify.annotations.NullMarked;
