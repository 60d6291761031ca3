/** The rerank-http plugin: rerankers behind an HTTP address. */
@NullMarked
package ai.orchestrator.rerank.http;

import org.jspecify.annotations.NullMarked;
