package ai.orchestrator.model.llamacpp;

import ai.orchestrator.model.llamacpp.gguf.GgufReader;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** Looks at what a model has beside its weights. A file is read once for as long as its size and time stay the same. Used by one thread at a time. */
final class Companions {
    private Map<ModelPart, Kind> known = new HashMap<>();
    private Map<ModelPart, Kind> seen = new HashMap<>();

    private enum Kind {
        ADAPTER,
        PROJECTOR,
        OTHER
    }

    /** Forgets the files that were not asked for since the last time. */
    void endOfLook() {
        known = seen;
        seen = new HashMap<>();
    }

    /**
     * An adapter's file.
     *
     * @throws UnusableModelException if it is not there, damaged, or something else
     */
    ModelPart adapter(Path file) throws UnusableModelException {
        return ofKind(Kind.ADAPTER, "adapter", file);
    }

    /** A projector's file; else as {@link #adapter}. */
    ModelPart projector(Path file) throws UnusableModelException {
        return ofKind(Kind.PROJECTOR, "projector", file);
    }

    private ModelPart ofKind(Kind wanted, String what, Path file) throws UnusableModelException {
        String named = "its " + what + " " + file.getFileName();
        try {
            ModelPart part = ModelPart.of(file);
            if (kind(part) != wanted) {
                throw new UnusableModelException(named + " is no " + what);
            }
            return part;
        } catch (NoSuchFileException e) {
            throw new UnusableModelException(named + " is not there");
        } catch (IOException e) {
            throw new UnusableModelException(named + " cannot be used: " + e.getMessage());
        }
    }

    private Kind kind(ModelPart part) throws IOException {
        Kind kind = known.get(part);
        if (kind == null) {
            var header = GgufReader.read(part.path());
            if (ModelFacts.isProjector(header)) {
                kind = Kind.PROJECTOR;
            } else {
                kind = ModelFacts.isAdapter(header) ? Kind.ADAPTER : Kind.OTHER;
            }
        }
        seen.put(part, kind);
        return kind;
    }
}
