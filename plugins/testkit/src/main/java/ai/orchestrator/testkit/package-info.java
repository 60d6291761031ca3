/** Contract suites: one abstract JUnit class for each family of plugins, to be subclassed by every plugin of that family. */
@NullMarked
package ai.orchestrator.testkit;

import org.jspecify.annotations.NullMarked;
