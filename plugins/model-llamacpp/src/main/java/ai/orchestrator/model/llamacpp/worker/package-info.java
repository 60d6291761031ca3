/**
 * What runs in the child process, and the messages it speaks with its parent. Its class path has the plugin's own jars only: nothing here
 * may use the plugin contract or SLF4J.
 */
@NullMarked
package ai.orchestrator.model.llamacpp.worker;

import org.jspecify.annotations.NullMarked;
