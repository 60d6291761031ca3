/** What every HTTP surface shares: the server itself, routes, bodies in, replies and errors out. */
@NullMarked
package ai.orchestrator.server.http;

import org.jspecify.annotations.NullMarked;
