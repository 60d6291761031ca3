/** The pipeline that every surface feeds, and the interfaces of its steps. */
@NullMarked
package ai.orchestrator.server.orchestration;

import org.jspecify.annotations.NullMarked;
