package ai.orchestrator.bench.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Keeps what is measured on one processor, and everything else on another: this process with all that it starts meanwhile. Where there is no
 * {@code taskset}, or but one processor, everything runs where the system puts it.
 */
public final class Separation implements AutoCloseable {
    private final List<Integer> processors;
    private final Optional<Path> taskset;

    private Separation(List<Integer> processors, Optional<Path> taskset) {
        this.processors = processors;
        this.taskset = processors.size() < 2 ? Optional.empty() : taskset;
    }

    /** Begins to keep them apart, until this is closed. */
    public static Separation begin() throws IOException, InterruptedException {
        Separation separation = new Separation(allowed(), Programs.find("taskset"));
        separation.stay(separation.processors.stream().skip(1).limit(1).toList());
        return separation;
    }

    /** A command that is to be measured, so that it runs apart from all others. */
    public List<String> apart(List<String> command) {
        if (taskset.isEmpty()) {
            return command;
        }
        List<String> placed =
                new ArrayList<>(List.of(taskset.get().toString(), "-c", String.valueOf(processors.getFirst())));
        placed.addAll(command);
        return placed;
    }

    /** Where everything ran, as a note for the report. */
    public String note() {
        return taskset.isPresent()
                ? "Each server that was measured ran on processor " + processors.getFirst()
                        + ", and the generator with all else on processor " + processors.get(1)
                        + " (taskset); floor and product took turns, and were idle otherwise."
                : "Nothing was pinned to a processor: that takes 'taskset' and two processors.";
    }

    @Override
    public void close() throws IOException {
        try {
            stay(processors);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Puts all threads of this process on some processors. */
    private void stay(List<Integer> where) throws IOException, InterruptedException {
        if (taskset.isEmpty()) {
            return;
        }
        String list = String.join(",", where.stream().map(String::valueOf).toList());
        Process process = new ProcessBuilder(
                        taskset.get().toString(),
                        "-a",
                        "-c",
                        "-p",
                        list,
                        String.valueOf(ProcessHandle.current().pid()))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        if (process.waitFor() != 0) {
            throw new IOException("taskset cannot keep this process on processor " + list);
        }
    }

    private static List<Integer> allowed() throws IOException {
        Path status = Path.of("/proc/self/status");
        if (!Files.exists(status)) {
            return List.of();
        }
        return Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("Cpus_allowed_list:"))
                .flatMap(line -> numbers(line.substring(line.indexOf(':') + 1).strip()))
                .toList();
    }

    /** Reads a list such as {@code 0-3,8}. */
    static Stream<Integer> numbers(String list) {
        return Stream.of(list.split(",", -1)).flatMap(part -> {
            String[] ends = part.split("-", -1);
            return IntStream.rangeClosed(Integer.parseInt(ends[0]), Integer.parseInt(ends[ends.length - 1]))
                    .boxed();
        });
    }
}
