package ai.orchestrator.server.cli;

import ai.orchestrator.plugin.PluginFailure;
import ai.orchestrator.server.config.ConfigException;
import ai.orchestrator.server.plugin.PluginStartException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells an operator why a command failed. */
final class Failures {
    private static final Logger log = LoggerFactory.getLogger(Failures.class);

    private Failures() {}

    static int report(Exception failure, Terminal terminal) {
        return switch (failure) {
            case ConfigException config -> terminal.failed(config.getMessage());
            case PluginStartException plugins -> terminal.failed(plugins.getMessage());
            case PluginFailure plugin -> terminal.failed(String.valueOf(plugin.getMessage()));
            case IOException broken -> terminal.failed(sentence(broken));
            case UncheckedIOException broken -> terminal.failed(sentence(Objects.requireNonNull(broken.getCause())));
            case InterruptedException stopped -> terminal.failed("interrupted");
            default -> {
                log.error("a fault of the program", failure);
                yield terminal.failed("unexpected failure, the log says more: "
                        + failure.getClass().getSimpleName());
            }
        };
    }

    /** In a file's own words there would be its whole path and perhaps no reason. */
    private static String sentence(IOException failure) {
        String reason = failure.getClass().getSimpleName();
        if (failure instanceof FileSystemException file && file.getFile() != null) {
            Path name = Path.of(file.getFile()).getFileName();
            return name + ": " + Objects.requireNonNullElse(file.getReason(), reason);
        }
        return Objects.requireNonNullElse(failure.getMessage(), reason);
    }
}
