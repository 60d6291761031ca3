package ai.orchestrator.model.llamacpp;

import ai.orchestrator.model.llamacpp.worker.Call;
import ai.orchestrator.model.llamacpp.worker.Reply;
import ai.orchestrator.model.llamacpp.worker.Wire;
import ai.orchestrator.model.llamacpp.worker.WorkerOptions;
import ai.orchestrator.plugin.model.ModelEvents;
import java.io.IOException;
import java.io.OutputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;

/** The embedded engine's process: a JVM that has the model loaded through the binding. */
final class WorkerProcess implements ModelProcess {
    private static final Duration LOOK_EVERY = Duration.ofMillis(10);

    private final ChildProcess child;
    private final int context;
    private final Calls calls;
    private final ScheduledExecutorService timer;
    private final UnixDomainSocketAddress address;
    private final Readers readers = new Readers();

    private WorkerProcess(ChildProcess child, int context, Calls calls, ScheduledExecutorService timer) {
        this.child = child;
        this.context = context;
        this.calls = calls;
        this.timer = timer;
        this.address = UnixDomainSocketAddress.of(child.folder().resolve(WorkerOptions.SOCKET));
    }

    /** What a worker is started with, once its folder is known. */
    interface Options {
        WorkerOptions in(String folder);
    }

    /**
     * Starts a worker and waits until its model is loaded.
     *
     * @throws LoadException if it is not loaded in time, or never will be
     */
    static WorkerProcess start(
            WorkerCommand command, Options options, Duration timeout, Calls calls, ScheduledExecutorService timer)
            throws LoadException, InterruptedException {
        ChildProcess child = ChildProcess.start(command::process);
        WorkerOptions told = options.in(child.folder().toString());
        WorkerProcess worker = new WorkerProcess(child, told.context(), calls, timer);
        try {
            worker.tell(told);
            Loading.await(child, timeout, LOOK_EVERY, worker::canBeConnectedTo);
        } catch (LoadException | InterruptedException e) {
            worker.close();
            throw e;
        }
        return worker;
    }

    private void tell(WorkerOptions options) {
        try {
            OutputStream in = child.process().getOutputStream();
            in.write(Wire.line(options));
            in.flush();
        } catch (IOException e) {
            // it has ended already; why it did shows when it is waited for
        }
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

    @Override
    public String engine() {
        return EmbeddedEngine.NAME;
    }

    @Override
    public int context() {
        return context;
    }

    @Override
    public ChildProcess child() {
        return child;
    }

    @Override
    public boolean isReachable() {
        return Files.exists(address.getPath());
    }

    @Override
    public void answer(Question question, ModelEvents events, CallControl control) {
        Call.Generate call = calls.generate(question);
        readers.run(control, () -> Generation.run(this, call, question, events, control, timer));
    }

    @Override
    public int promptTokens(Question question, CallControl control) {
        Call.Tokenize call = new Call.Tokenize(Calls.input(question));
        return Generation.ask(this, call, Reply.Tokens.class, control, timer)
                .ids()
                .size();
    }

    @Override
    public Vectors embed(List<String> texts, boolean truncate, CallControl control) {
        Reply.Vectors made = Generation.ask(this, new Call.Embed(texts, truncate), Reply.Vectors.class, control, timer);
        return new Vectors(made.vectors(), made.promptTokens());
    }

    @Override
    public void close() {
        readers.close();
        child.close();
    }
}
