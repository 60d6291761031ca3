/** Digests of bytes and files. */
@NullMarked
package ai.orchestrator.server.digest;

import org.jspecify.annotations.NullMarked;
