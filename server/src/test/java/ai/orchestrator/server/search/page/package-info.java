@NullMarked
package ai.orchestrator.server.search.page;

import org.jspecify.annotations.NullMarked;
