/** What the tests with real clients share: one running product with a model that knows the answers, and the scoreboard. */
@NullMarked
package ai.orchestrator.conformance;

import org.jspecify.annotations.NullMarked;
