/** All models of all providers, and the calling of them. */
@NullMarked
package ai.orchestrator.server.model;

import org.jspecify.annotations.NullMarked;
