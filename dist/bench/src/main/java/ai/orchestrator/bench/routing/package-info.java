/** What routing saves, on public outcomes: {@code dist/routing-study.sh}. */
@NullMarked
package ai.orchestrator.bench.routing;

import org.jspecify.annotations.NullMarked;
