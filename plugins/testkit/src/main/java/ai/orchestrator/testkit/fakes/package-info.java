/** Stand-ins for remote services, scripted to the byte, on nothing but the JDK. */
@NullMarked
package ai.orchestrator.testkit.fakes;

import org.jspecify.annotations.NullMarked;
