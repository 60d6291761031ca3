/** Stored answers: what names them, how they are written, and the tiers they live in. */
@NullMarked
package ai.orchestrator.server.cache;

import org.jspecify.annotations.NullMarked;
