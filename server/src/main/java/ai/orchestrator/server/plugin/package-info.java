/** The plugin host: loads plugin zips in isolation and makes the services that the configuration names. Nothing else names PF4J. */
@NullMarked
package ai.orchestrator.server.plugin;

import org.jspecify.annotations.NullMarked;
