@NullMarked
package ai.orchestrator.server.http.admin;

import org.jspecify.annotations.NullMarked;
