@NullMarked
package ai.orchestrator.server.web;

import org.jspecify.annotations.NullMarked;
