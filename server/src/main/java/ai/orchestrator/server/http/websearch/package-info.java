/** Searches that a model asks for and the server makes: the loop behind the {@code web_search} tools of {@code /v1/messages} and {@code /v1/responses}. */
@NullMarked
package ai.orchestrator.server.http.websearch;

import org.jspecify.annotations.NullMarked;
