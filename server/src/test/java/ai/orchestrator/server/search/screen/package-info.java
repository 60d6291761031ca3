@NullMarked
package ai.orchestrator.server.search.screen;

import org.jspecify.annotations.NullMarked;
