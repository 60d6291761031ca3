/** Servers that behave as the real ones are known to, faults included; each can also be started as a process of its own. */
@NullMarked
package ai.orchestrator.testkit.fakes;

import org.jspecify.annotations.NullMarked;
