package ai.orchestrator.classifier.tribuo;

import ai.orchestrator.plugin.FailureCode;
import ai.orchestrator.plugin.PluginFailure;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Properties;

/** Where models and their thresholds are kept: one that was trained here, in a file; and the one that comes with the plugin. */
final class ModelStore {
    private static final String SHIPPED = "shipped.model";
    private static final String THRESHOLD = ".threshold";
    private static final String HIGH_ABOVE = "high_above";
    private static final String MODEL = "model";

    private final Path file;

    ModelStore(Path file) {
        this.file = file;
    }

    /**
     * A model that was read.
     *
     * @param origin where it is from, for the operator
     * @param problem why it is not the one in the file; empty if all is well
     * @param state of the file when it was read: another state is another model
     */
    record Loaded(
            TrainedModel model,
            String fingerprint,
            String origin,
            String problem,
            OptionalDouble highAbove,
            String state) {}

    /** The model in the file, else the one of the plugin. */
    Loaded load() {
        String state = state();
        String problem = "";
        try {
            byte[] bytes = Files.readAllBytes(file);
            return loaded(ModelFile.read(bytes), bytes, "trained here, in " + file.getFileName(), "", state);
        } catch (NoSuchFileException e) {
            problem = "";
        } catch (IOException e) {
            problem = file.getFileName() + " cannot be read (" + e.getClass().getSimpleName() + ")";
        } catch (BadModelFileException e) {
            problem = file.getFileName() + " is not used: " + e.getMessage();
        }
        byte[] bytes = shipped();
        try {
            return loaded(ModelFile.read(bytes), bytes, "comes with the plugin", problem, state);
        } catch (BadModelFileException e) {
            throw new IllegalStateException("the plugin's own model is bad", e);
        }
    }

    /** Changes whenever the files do. */
    String state() {
        return state(file) + state(thresholdFile());
    }

    void save(byte[] model) {
        write(file, model);
    }

    /** Keeps a threshold for one model. */
    void saveThreshold(double highAbove, String fingerprint) {
        String text = "# moved by 'orchestrator classifier calibrate'; holds for this model only\n" + HIGH_ABOVE + "="
                + highAbove + "\n" + MODEL + "=" + fingerprint + "\n";
        write(thresholdFile(), text.getBytes(StandardCharsets.UTF_8));
    }

    private Loaded loaded(TrainedModel model, byte[] bytes, String origin, String problem, String state) {
        String fingerprint = ModelFile.fingerprint(bytes);
        return new Loaded(model, fingerprint, origin, problem, threshold(fingerprint), state);
    }

    /** The kept threshold, if it was moved for this very model. */
    private OptionalDouble threshold(String fingerprint) {
        try {
            Properties kept = new Properties();
            kept.load(new StringReader(Files.readString(thresholdFile())));
            double highAbove = Double.parseDouble(kept.getProperty(HIGH_ABOVE, "none"));
            boolean ours = fingerprint.equals(kept.getProperty(MODEL));
            return ours && highAbove >= 0 && highAbove <= 1 ? OptionalDouble.of(highAbove) : OptionalDouble.empty();
        } catch (IOException | IllegalArgumentException e) {
            return OptionalDouble.empty();
        }
    }

    private Path thresholdFile() {
        return file.resolveSibling(file.getFileName() + THRESHOLD);
    }

    private static void write(Path target, byte[] bytes) {
        try {
            Path folder = Optional.ofNullable(target.getParent()).orElse(Path.of("."));
            Files.createDirectories(folder);
            // not by createTempFile: that would keep it from a server that another user runs
            Path temporary = folder.resolve(
                    target.getFileName() + "." + ProcessHandle.current().pid() + ".new");
            try {
                Files.write(temporary, bytes);
                Files.move(temporary, target, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
            } finally {
                Files.deleteIfExists(temporary);
            }
        } catch (IOException e) {
            throw new PluginFailure.Permanent(
                    FailureCode.UNAVAILABLE,
                    target.getFileName() + " could not be written ("
                            + e.getClass().getSimpleName() + ")",
                    e);
        }
    }

    private static String state(Path file) {
        try {
            return Files.getLastModifiedTime(file).toMillis() + "/" + Files.size(file) + " ";
        } catch (IOException e) {
            return "none ";
        }
    }

    private static byte[] shipped() {
        try (InputStream in = Objects.requireNonNull(ModelStore.class.getResourceAsStream(SHIPPED), SHIPPED)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new IllegalStateException("the plugin's own model cannot be read", e);
        }
    }
}
