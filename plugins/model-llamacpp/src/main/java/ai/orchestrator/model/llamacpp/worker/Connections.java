package ai.orchestrator.model.llamacpp.worker;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;

/** Answers calls, each on a thread of its own; the parent sees to it that there are not too many. */
final class Connections {
    private final LlamaBinding binding;
    private final WorkerOptions options;
    private final Slots slots;
    private final Prompts prompts;
    private final Embedder embedder;
    private final AtomicLong tokens = new AtomicLong();

    Connections(LlamaBinding binding, WorkerOptions options) {
        this.binding = binding;
        this.options = options;
        this.slots = new Slots(options.parallel(), binding::wash);
        this.prompts = new Prompts(binding, options.leadingToken());
        this.embedder = new Embedder(binding, options);
    }

    /** Answers the call that comes on a connection, in the background: native code blocks, so on a platform thread. */
    void serve(SocketChannel channel) {
        Thread.ofPlatform().daemon().name("call").start(() -> {
            try (Wire wire = new Wire(channel)) {
                Optional<Call> call = wire.receive(Call.class);
                if (call.isPresent()) {
                    answer(call.get(), wire);
                }
            } catch (IOException e) {
                // the parent has left; nobody is there to be told
            }
        });
    }

    private void answer(Call call, Wire wire) throws IOException {
        try {
            switch (call) {
                case Call.Generate generate ->
                    new Answer(binding, generate, slots, calledOff(wire), tokens, wire)
                            .write(prompts.of(generate.input()), options.context());
                case Call.Tokenize tokenize ->
                    wire.send(new Reply.Tokens(Arrays.stream(binding.tokens(prompts.of(tokenize.input())))
                            .boxed()
                            .toList()));
                case Call.Embed embed -> wire.send(embedder.embed(embed, calledOff(wire)));
                case Call.Count count -> wire.send(new Reply.Counted(tokens.get()));
            }
        } catch (RefusedException e) {
            wire.send(e.reply());
        } catch (RuntimeException e) {
            System.err.println("error: " + e);
            wire.send(new Reply.Refused(Reply.Reason.INTERNAL, "a fault of the worker"));
        }
    }

    /** Whether the parent has closed its end, after which nobody wants the answer. */
    private static BooleanSupplier calledOff(Wire wire) {
        AtomicBoolean calledOff = new AtomicBoolean();
        Thread.ofVirtual().start(() -> {
            try {
                wire.receive(Call.class);
            } catch (IOException e) {
                // closed, as below
            }
            calledOff.set(true);
        });
        return calledOff::get;
    }
}
