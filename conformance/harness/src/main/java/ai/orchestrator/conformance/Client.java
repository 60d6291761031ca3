package ai.orchestrator.conformance;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/** The client that a test class drives, with its version, as the scoreboard names it. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(Scoreboard.class)
public @interface Client {
    /** Such as {@code npm ollama 0.6.4}. */
    String value();
}
