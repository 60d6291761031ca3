package ai.orchestrator.model.llamacpp;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/** A process of ours that has a folder of its own, and whose last words are kept. Its standard input is its lifeline: it ends with it. */
final class ChildProcess implements AutoCloseable {
    private static final Duration END_WITHIN = Duration.ofSeconds(5);

    private final Process process;
    private final WorkerFolder folder;
    private final OutputTail output;
    private volatile ProcessHandle engine;

    private ChildProcess(Process process, WorkerFolder folder, OutputTail output) {
        this.process = process;
        this.folder = folder;
        this.output = output;
        this.engine = process.toHandle();
    }

    /** How a process is started in its folder. */
    interface Command {
        ProcessBuilder in(Path folder);
    }

    /** @throws LoadException if it cannot be started */
    static ChildProcess start(Command command) throws LoadException {
        WorkerFolder folder;
        try {
            folder = WorkerFolder.create();
        } catch (IOException e) {
            throw new LoadException("its folder cannot be made: " + e.getMessage(), List.of());
        }
        try {
            Process process = command.in(folder.path()).start();
            OutputTail output = new OutputTail();
            // a read from a pipe holds on to its carrier: on as many virtual threads as there are processors it would
            // hold all, and nothing else would run
            Thread.ofPlatform().daemon().name("llamacpp-output").start(() -> output.drain(process.getInputStream()));
            return new ChildProcess(process, folder, output);
        } catch (IOException e) {
            folder.close();
            throw new LoadException("its process cannot be started", List.of(String.valueOf(e.getMessage())));
        }
    }

    Process process() {
        return process;
    }

    Path folder() {
        return folder.path();
    }

    /** Says which process computes, where it is not the one that was started but a child of that. */
    void computesIn(ProcessHandle child) {
        engine = child;
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** The process that computes. */
    long pid() {
        return engine.pid();
    }

    /** Has {@code action} run when the process has ended, for whatever reason. */
    void onExit(Runnable action) {
        var _ = process.onExit().thenRun(action);
    }

    /** Waits a moment; whether the process has ended. */
    boolean endsWithin(Duration moment) throws InterruptedException {
        return process.waitFor(moment.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** The code that the process ended with, if it has. */
    OptionalInt exitCode() {
        return process.isAlive() ? OptionalInt.empty() : OptionalInt.of(process.exitValue());
    }

    /** How and, if it said so, why the process ended, as a clause; only once it has. */
    String ending() {
        if (output.refusesTemplate()) {
            return "its chat template cannot be used";
        }
        String reason = output.reason();
        String code = "its process ended with code " + process.exitValue();
        return reason.isEmpty() ? code : code + " (" + reason + ")";
    }

    /** What it wrote. */
    OutputTail output() {
        return output;
    }

    /** The memory that the process holds, in bytes, where the system tells. */
    OptionalLong residentBytes() {
        try {
            for (String line : Files.readAllLines(Path.of("/proc", Long.toString(pid()), "status"))) {
                if (line.startsWith("VmRSS:")) {
                    return OptionalLong.of(Long.parseLong(line.replaceAll("\\D", "")) * 1024);
                }
            }
        } catch (IOException | NumberFormatException e) {
            // not Linux, or it has just ended
        }
        return OptionalLong.empty();
    }

    /** Ends the process at once. */
    void kill() {
        engine.destroyForcibly();
        process.destroyForcibly();
    }

    /** Ends the process, which has nothing to save, and waits until it has. */
    @Override
    public void close() {
        engine.destroyForcibly();
        try {
            process.getOutputStream().close();
        } catch (IOException e) {
            // it is gone already
        }
        try {
            if (!process.waitFor(END_WITHIN.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        folder.close();
    }
}
