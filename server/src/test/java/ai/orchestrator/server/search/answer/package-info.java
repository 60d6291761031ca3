@NullMarked
package ai.orchestrator.server.search.answer;

import org.jspecify.annotations.NullMarked;
