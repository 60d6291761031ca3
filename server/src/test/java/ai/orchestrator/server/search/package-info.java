@NullMarked
package ai.orchestrator.server.search;

import org.jspecify.annotations.NullMarked;
