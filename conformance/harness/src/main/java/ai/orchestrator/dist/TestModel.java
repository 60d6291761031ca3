package ai.orchestrator.dist;

import java.nio.file.Files;
import java.nio.file.Path;

/** The default local model, which {@code dist/manage.sh test} obtains before the tests run. */
public final class TestModel {
    /** Its name on offer. */
    public static final String NAME = "smollm2:135m";

    private static final String FILE = "SmolLM2-135M-Instruct.Q4_1.gguf";

    private TestModel() {}

    /** The folder that holds the model. */
    public static Path folder() {
        Path folder =
                Path.of(System.getProperty("orchestrator.models", "models")).toAbsolutePath();
        if (!Files.isRegularFile(folder.resolve(FILE))) {
            throw new AssertionError(
                    "the tests need " + FILE + " in dist/models: run dist/manage.sh test, which gets it");
        }
        return folder;
    }
}
