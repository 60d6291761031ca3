/** What every scenario is made of: the setup, processes that are measured, results and their report. */
@NullMarked
package ai.orchestrator.bench.run;

import org.jspecify.annotations.NullMarked;
