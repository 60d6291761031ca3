package ai.orchestrator.testkit;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/** What a plugin logs for its operator, level INFO and above, from the making of this object on. */
public final class LogRecorder implements AutoCloseable {
    private final Logger logger;
    private final @Nullable Level before;
    private final Queue<ILoggingEvent> events = new ConcurrentLinkedQueue<>();
    private final AppenderBase<ILoggingEvent> appender = new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
            events.add(event);
        }
    };

    /** Records what the loggers of a class's package and of those below it are given. */
    public LogRecorder(Class<?> ofThePackage) {
        logger = (Logger) LoggerFactory.getLogger(ofThePackage.getPackageName());
        before = logger.getLevel();
        logger.setLevel(Level.INFO);
        appender.setContext(logger.getLoggerContext());
        appender.start();
        logger.addAppender(appender);
    }

    /** The lines so far, oldest first. */
    public List<String> lines() {
        return events.stream().map(ILoggingEvent::getFormattedMessage).toList();
    }

    /** The lines so far that contain a text. */
    public List<String> linesWith(String part) {
        return lines().stream().filter(line -> line.contains(part)).toList();
    }

    /** The level of each line so far, such as {@code WARN}. */
    public List<String> levels() {
        return events.stream().map(event -> event.getLevel().toString()).toList();
    }

    @Override
    public void close() {
        logger.detachAppender(appender);
        appender.stop();
        logger.setLevel(before);
    }
}
