package ai.orchestrator.bench.generation;

import ai.orchestrator.bench.run.Child;
import ai.orchestrator.bench.run.Setup;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The embedded engine's own loop, in a Java machine of its own, as the product has it. */
final class Binding implements Subject {
    private final Child child;
    private final BufferedReader output;
    private final PrintStream input;

    private Binding(Child child) {
        this.child = child;
        output = new BufferedReader(new InputStreamReader(child.process().getInputStream(), StandardCharsets.UTF_8));
        input = new PrintStream(child.process().getOutputStream(), true, StandardCharsets.UTF_8);
    }

    static Binding start(Setup setup) throws IOException {
        Path folder = Files.createDirectories(setup.folder().resolve("binding"));
        return new Binding(Child.start(
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "--enable-native-access=ALL-UNNAMED",
                        "-Dde.kherud.llama.tmpdir=" + folder,
                        "-cp",
                        System.getProperty("java.class.path"),
                        BindingLoop.class.getName(),
                        setup.model().toString(),
                        String.valueOf(setup.writing().threads())),
                Map.of(),
                folder.resolve("binding.log"),
                true));
    }

    @Override
    public String name() {
        return "the binding's own loop";
    }

    @Override
    public Generation generate(int tokens) throws IOException {
        input.println(tokens);
        // llama.cpp writes to the same output
        for (Optional<String> line = line(); line.isPresent(); line = line()) {
            if (line.get().startsWith(BindingLoop.ANSWER)) {
                String[] parts =
                        line.get().substring(BindingLoop.ANSWER.length()).split(" ", -1);
                int written = Integer.parseInt(parts[0]);
                if (written < tokens - 1) {
                    throw new IOException("the binding wrote " + written + " pieces instead of " + tokens);
                }
                return new Generation(tokens, 0, Long.parseLong(parts[1]));
            }
        }
        throw new IOException("the binding's process has ended");
    }

    private Optional<String> line() throws IOException {
        return Optional.ofNullable(output.readLine());
    }

    @Override
    public void close() {
        child.close();
    }
}
