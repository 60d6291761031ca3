package ai.orchestrator.server.engine;

import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Understands what cmake, ninja, make and compilers write: how far they are, and what went wrong first. */
final class BuildOutput implements Consumer<String> {
    private static final Pattern NINJA = Pattern.compile("\\[(\\d{1,6})/(\\d{1,6})] .*");
    private static final Pattern MAKE = Pattern.compile("\\[ {0,2}(\\d{1,3})%] .*");
    private static final Pattern ERROR = Pattern.compile("CMake Error.*|(.*\\s)?(fatal )?error: .*|.*\\*\\*\\* .*");

    private final EngineProgress progress;
    private Optional<String> error = Optional.empty();
    private boolean explains;
    private String last = "nothing";

    BuildOutput(EngineProgress progress) {
        this.progress = progress;
    }

    @Override
    public void accept(String line) {
        percent(line).ifPresent(percent -> progress.at("building llama-server: " + percent + " %"));
        if (line.isBlank()) {
            return;
        }
        last = line.strip();
        if (explains) {
            error = error.map(start -> start + " " + last);
            explains = false;
        } else if (error.isEmpty() && ERROR.matcher(line).matches()) {
            error = Optional.of(last);
            explains = last.startsWith("CMake Error") && last.endsWith(":");
        }
    }

    /** What went wrong, as far as the output tells. */
    String reason() {
        return error.orElse(last);
    }

    private static Optional<Long> percent(String line) {
        Matcher ninja = NINJA.matcher(line);
        if (ninja.matches()) {
            long of = Math.max(1, Long.parseLong(ninja.group(2)));
            return Optional.of(100 * Long.parseLong(ninja.group(1)) / of);
        }
        Matcher make = MAKE.matcher(line);
        return make.matches() ? Optional.of(Long.valueOf(make.group(1))) : Optional.empty();
    }
}
