/** Fetching pages of the public web for a model to read, without ever reaching a private address. */
@NullMarked
package ai.orchestrator.server.web;

import org.jspecify.annotations.NullMarked;
