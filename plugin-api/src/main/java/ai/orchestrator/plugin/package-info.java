/** What every plugin shares: factories, services, settings, health and failures. */
@NullMarked
package ai.orchestrator.plugin;

import org.jspecify.annotations.NullMarked;
