package ai.orchestrator.bench.generation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** Sees by the time that processes get on the CPU when they stop computing. Needs Linux. */
record ComputeWatch(List<ProcessHandle> processes) {
    private static final Duration STEP = Duration.ofMillis(5);
    private static final Duration QUIET = Duration.ofMillis(500);
    private static final Duration LONGEST = Duration.ofSeconds(30);
    private static final double BUSY = 0.2; // of one CPU, over a step

    ComputeWatch {
        processes = List.copyOf(processes);
    }

    /** Waits until they are quiet, and tells how long after {@code sinceNanos} they were busy last. */
    Duration untilQuiet(long sinceNanos) throws InterruptedException {
        long busyAt = sinceNanos;
        long seenAt = sinceNanos;
        long seen = cpuNanos();
        while (true) {
            Thread.sleep(STEP);
            long now = System.nanoTime();
            long used = cpuNanos();
            if (used - seen > BUSY * (now - seenAt)) {
                busyAt = now;
            }
            seen = used;
            seenAt = now;
            if (now - busyAt > QUIET.toNanos() || now - sinceNanos > LONGEST.toNanos()) {
                return Duration.ofNanos(busyAt - sinceNanos);
            }
        }
    }

    private long cpuNanos() {
        return processes.stream().mapToLong(ComputeWatch::cpuNanos).sum();
    }

    private static long cpuNanos(ProcessHandle process) {
        try (Stream<Path> threads = Files.list(Path.of("/proc", String.valueOf(process.pid()), "task"))) {
            return threads.mapToLong(ComputeWatch::cpuNanos).sum();
        } catch (IOException e) {
            return 0;
        }
    }

    /** The first number is the time on the CPU. */
    private static long cpuNanos(Path thread) {
        try {
            return Long.parseLong(Files.readString(thread.resolve("schedstat")).split(" ", -1)[0]);
        } catch (IOException e) {
            return 0; // the thread has ended
        }
    }
}
