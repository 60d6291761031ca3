package ai.orchestrator.model.llamacpp;

import ai.orchestrator.model.llamacpp.worker.Wire;
import ai.orchestrator.model.llamacpp.worker.WorkerOptions;
import java.io.IOException;
import java.io.OutputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/** A child process that has a model loaded. It ends with this process: its standard input is its lifeline. */
final class WorkerProcess implements AutoCloseable {
    private static final Duration LOOK_EVERY = Duration.ofMillis(10);
    private static final Duration END_WITHIN = Duration.ofSeconds(5);

    private final Process process;
    private final WorkerFolder folder;
    private final OutputTail output;
    private final UnixDomainSocketAddress address;

    private WorkerProcess(Process process, WorkerFolder folder, OutputTail output) {
        this.process = process;
        this.folder = folder;
        this.output = output;
        this.address = UnixDomainSocketAddress.of(folder.path().resolve(WorkerOptions.SOCKET));
    }

    /** What a worker is started with, once its folder is known. */
    interface Options {
        WorkerOptions in(String folder);
    }

    /** A worker that could not load its model. */
    static final class LoadException extends Exception {
        private static final long serialVersionUID = 1L;

        private final transient List<String> output;

        LoadException(String message, List<String> output) {
            super(message);
            this.output = output;
        }

        /** The last lines it wrote; for the log only, as they name folders of this machine. */
        List<String> output() {
            return output;
        }
    }

    /**
     * Starts a worker and waits until its model is loaded.
     *
     * @throws LoadException if it is not loaded in time, or never will be; the message is a clause
     */
    static WorkerProcess start(WorkerCommand command, Options options, Duration timeout)
            throws LoadException, InterruptedException {
        WorkerFolder folder;
        WorkerProcess worker;
        try {
            folder = WorkerFolder.create();
        } catch (IOException e) {
            throw new LoadException("its folder cannot be made: " + e.getMessage(), List.of());
        }
        try {
            worker = launch(command, options, folder);
        } catch (IOException e) {
            folder.close();
            throw new LoadException("its process cannot be started: " + e.getMessage(), List.of());
        }
        try {
            worker.awaitLoaded(timeout);
            worker.output.keepFaultsOnly();
        } catch (LoadException | InterruptedException e) {
            worker.close();
            throw e;
        }
        return worker;
    }

    private static WorkerProcess launch(WorkerCommand command, Options options, WorkerFolder folder)
            throws IOException {
        Process process = command.process(folder.path()).start();
        OutputTail output = new OutputTail();
        Thread.ofVirtual().name("llamacpp-output").start(() -> output.drain(process.getInputStream()));
        WorkerProcess worker = new WorkerProcess(process, folder, output);
        try {
            OutputStream in = process.getOutputStream();
            in.write(Wire.line(options.in(folder.path().toString())));
            in.flush();
        } catch (IOException e) {
            // it has ended already; why it did shows when it is waited for
            return worker;
        }
        return worker;
    }

    private void awaitLoaded(Duration timeout) throws LoadException, InterruptedException {
        long deadline = System.nanoTime() + timeout.toNanos();
        while (!process.waitFor(LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS)) {
            if (canBeConnectedTo()) {
                return;
            }
            if (System.nanoTime() - deadline > 0) {
                throw new LoadException("it was not loaded within " + timeout.toMillis() + " ms", output.lines());
            }
        }
        throw new LoadException(ending(), output.lines());
    }

    private boolean canBeConnectedTo() {
        if (!Files.exists(address.getPath())) {
            return false;
        }
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            return channel.connect(address);
        } catch (IOException e) {
            return false;
        }
    }

    /** A new connection, for one call. */
    Wire connect() throws IOException {
        SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            channel.connect(address);
        } catch (IOException e) {
            channel.close();
            throw e;
        }
        return new Wire(channel);
    }

    boolean isAlive() {
        return process.isAlive();
    }

    long pid() {
        return process.pid();
    }

    /** Has {@code action} run when the process has ended, for whatever reason. */
    void onExit(Runnable action) {
        var _ = process.onExit().thenRun(action);
    }

    /** How and, if it said so, why the process ended, as a clause; only once it has. */
    String ending() {
        String reason = output.reason();
        if (reason.contains("chat template is not supported")) {
            return "its chat template cannot be used";
        }
        String code = "its process ended with code " + process.exitValue();
        return reason.isEmpty() ? code : code + " (" + reason + ")";
    }

    /** The last lines it wrote. */
    List<String> output() {
        return output.lines();
    }

    /** The memory that the process holds, in bytes, where the system tells. */
    OptionalLong residentBytes() {
        try {
            for (String line : Files.readAllLines(Path.of("/proc", Long.toString(process.pid()), "status"))) {
                if (line.startsWith("VmRSS:")) {
                    return OptionalLong.of(Long.parseLong(line.replaceAll("\\D", "")) * 1024);
                }
            }
        } catch (IOException | NumberFormatException e) {
            // not Linux, or it has just ended
        }
        return OptionalLong.empty();
    }

    /** Ends the process, which has nothing to save, and waits until it has. */
    @Override
    public void close() {
        process.destroyForcibly();
        try {
            process.waitFor(END_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        folder.close();
    }
}
