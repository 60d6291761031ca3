package ai.orchestrator.embed.minilm;

import ai.orchestrator.plugin.model.Capability;
import ai.orchestrator.plugin.model.ModelInfo;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** The model file that comes with the plugin, and what is known of it. A test holds these facts against the file. */
final class MiniLm {
    static final String MODEL_RESOURCE = "all-minilm-l6-v2-q.onnx";
    static final String VOCABULARY_RESOURCE = "bert-vocabulary-en.txt";

    /** What the model was made for: its tables have room for 512 tokens, of which it was trained to use half. */
    static final int CONTEXT_LENGTH = 256;

    static final int EMBEDDING_LENGTH = 384;

    static final ModelInfo INFO = new ModelInfo(
            "all-minilm:latest",
            "afdb6f1a0e45b715d0bb9b11772f032c399babd23bfc31fed1c170afc848bdb1",
            22_972_370,
            Instant.parse("2026-09-04T00:00:00Z"),
            "onnx",
            List.of("bert"),
            "23M",
            "INT8",
            OptionalInt.of(CONTEXT_LENGTH),
            OptionalInt.of(EMBEDDING_LENGTH),
            Set.of(Capability.EMBEDDING),
            Optional.empty(),
            Optional.empty());

    private MiniLm() {}

    /** Opens a file of this plugin's own class path. */
    static InputStream open(String resource) throws IOException {
        InputStream stream = MiniLm.class.getResourceAsStream("/" + resource);
        if (stream == null) {
            throw new FileNotFoundException(resource + " is missing from the plugin");
        }
        return stream;
    }
}
