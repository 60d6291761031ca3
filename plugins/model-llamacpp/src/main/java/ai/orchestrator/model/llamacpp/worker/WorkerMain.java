package ai.orchestrator.model.llamacpp.worker;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** The child process: serves one model, or turns one JSON Schema into a grammar. */
public final class WorkerMain {
    /** The argument that asks for a grammar, followed by the file to write it to; the schema comes on standard input. */
    public static final String GRAMMAR = "grammar";

    private static final int FAILED = 3;

    private WorkerMain() {}

    public static void main(String[] arguments) {
        int code = FAILED;
        try {
            if (arguments.length == 2 && arguments[0].equals(GRAMMAR)) {
                writeGrammar(Path.of(arguments[1]));
                code = 0;
            } else {
                serve();
            }
        } catch (IOException | RuntimeException | LinkageError e) {
            System.err.println("error: " + e);
        }
        // llama.cpp's own threads keep a JVM from ending by itself
        Runtime.getRuntime().halt(code);
    }

    private static void writeGrammar(Path file) throws IOException {
        String schema = new String(System.in.readAllBytes(), StandardCharsets.UTF_8);
        Files.writeString(file, LlamaBinding.grammar(schema));
    }

    private static void serve() throws IOException {
        BufferedReader parent = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        String line = parent.readLine();
        if (line == null) {
            return;
        }
        WorkerOptions options = Wire.parse(line, WorkerOptions.class);
        Thread.ofPlatform().daemon().name("parent").start(() -> endWith(parent, Path.of(options.folder())));
        LlamaBinding binding = LlamaBinding.load(options);
        // bound only now: that it can be connected to tells the parent that the model is loaded
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(UnixDomainSocketAddress.of(Path.of(options.folder(), WorkerOptions.SOCKET)));
            Connections connections = new Connections(binding, options);
            while (true) {
                connections.serve(server.accept());
            }
        }
    }

    /** The parent never sends more; the end of the stream means that it is gone. */
    private static void endWith(BufferedReader parent, Path folder) {
        try {
            while (parent.readLine() != null) {
                // nothing is expected
            }
            removeAll(folder);
        } catch (IOException e) {
            System.err.println("error: " + e);
        }
        Runtime.getRuntime().halt(0);
    }

    private static void removeAll(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.deleteIfExists(file);
            }
        }
        Files.deleteIfExists(folder);
    }
}
