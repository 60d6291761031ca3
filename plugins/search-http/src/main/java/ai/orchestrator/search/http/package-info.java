/** A library, not a plugin: what search engines that are asked over HTTP for JSON have in common. */
@NullMarked
package ai.orchestrator.search.http;

import org.jspecify.annotations.NullMarked;
