package ai.orchestrator.server.library;

import ai.orchestrator.server.orchestration.LibraryFailure;
import ai.orchestrator.server.orchestration.LibraryFailure.Kind;
import ai.orchestrator.server.orchestration.LibraryProgress;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Makes the numbers of a GGUF file smaller, by llama.cpp's own program. */
final class Quantizer {
    /** What the program is called. */
    static final String PROGRAM = "llama-quantize";

    private static final List<String> TYPES = List.of(
            "F32", "F16", "BF16", "Q2_K", "Q3_K_S", "Q3_K_M", "Q3_K_L", "Q4_0", "Q4_1", "Q4_K_S", "Q4_K_M", "Q5_0",
            "Q5_1", "Q5_K_S", "Q5_K_M", "Q6_K", "Q8_0");
    private static final Map<String, String> SHORT = Map.of("Q3_K", "Q3_K_M", "Q4_K", "Q4_K_M", "Q5_K", "Q5_K_M");
    private static final List<String> PLAIN = List.of("F32", "F16", "BF16");
    private static final List<String> ENVIRONMENT = List.of("PATH", "HOME", "LANG", "LC_ALL", "TMPDIR");

    /** How the program says which tensor of how many it has come to. */
    private static final Pattern STEP = Pattern.compile("\\[\\s*(\\d{1,9})/\\s*(\\d{1,9})]");

    /** What stands in a progress line where a digest is expected and there is none yet. */
    private static final String NO_DIGEST = "0000000000000000000";

    private static final int TOLD = 200;
    private static final long TELL_EVERY_MILLIS = 100;

    private final Supplier<Optional<Path>> program;

    /** @param program where the program is now, if it is anywhere */
    Quantizer(Supplier<Optional<Path>> program) {
        this.program = program;
    }

    /**
     * A type's one name, such as {@code Q4_K_M}.
     *
     * @throws LibraryFailure if there is none of that name
     */
    static String type(String wanted) {
        String upper = wanted.strip().toUpperCase(Locale.ROOT);
        String type = SHORT.getOrDefault(upper, upper);
        if (!TYPES.contains(type)) {
            String shown = upper.replaceAll("[^A-Z0-9_.-]", "?");
            throw LibraryFailure.invalid("unsupported quantization type "
                    + shown.substring(0, Math.min(shown.length(), TOLD)) + " - supported types are "
                    + String.join(", ", TYPES));
        }
        return type;
    }

    /** Refuses the work where the program is not there. */
    void require() {
        program();
    }

    /** Whether a file with numbers of one type can be made into one of another; false if it is that already. */
    static boolean changes(String from, String type) {
        if (!PLAIN.contains(from)) {
            throw LibraryFailure.invalid("quantization is only supported for F16, BF16 and F32 models");
        }
        return !from.equals(type);
    }

    /**
     * Writes a file anew.
     *
     * @param bytes how large the file is, by which the progress is told
     * @param from what type its numbers are of
     * @param out what is to be written; on failure there may be something of it
     */
    void run(Path in, long bytes, String from, Path out, String type, LibraryProgress progress) {
        String status = "quantizing " + from + " model to " + type;
        progress.transferring(status, NO_DIGEST, bytes, 0);
        Process process = start(program(), in, out, type);
        try {
            BlockingQueue<String> said = new LinkedBlockingQueue<>();
            Thread reader = Thread.ofVirtual().name(PROGRAM).start(() -> read(process, said));
            String last = "";
            while (reader.isAlive() || !said.isEmpty()) {
                String line = said.poll(TELL_EVERY_MILLIS, TimeUnit.MILLISECONDS);
                Matcher step = STEP.matcher(String.valueOf(line));
                if (step.find()) {
                    progress.transferring(status, NO_DIGEST, bytes, done(step, bytes));
                } else {
                    progress.nothingNew();
                }
                last = line == null || line.isBlank() ? last : line;
            }
            if (process.waitFor() != 0) {
                throw failed(last.replace(in.toString(), "the file").replace(out.toString(), "the new file"));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failed("the server stops");
        } finally {
            process.destroyForcibly();
        }
    }

    private static long done(Matcher step, long bytes) {
        long all = Math.max(1, Long.parseLong(step.group(2)));
        return (long) (bytes * (Math.min(Long.parseLong(step.group(1)), all) / (double) all));
    }

    private static void read(Process process, BlockingQueue<String> said) {
        try (BufferedReader lines = process.inputReader()) {
            lines.lines().forEach(said::add);
        } catch (IOException | UncheckedIOException e) {
            // it has ended, and its exit value says how
        }
    }

    private static Process start(Path program, Path in, Path out, String type) {
        List<String> command =
                new ArrayList<>(List.of(program.toString(), "--allow-requantize", in.toString(), out.toString(), type));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        Map<String, String> environment = builder.environment();
        environment.keySet().retainAll(ENVIRONMENT);
        Path folder = Optional.ofNullable(program.toAbsolutePath().getParent()).orElse(program.toAbsolutePath());
        environment.put("LD_LIBRARY_PATH", folder + File.pathSeparator + folder.resolveSibling("lib"));
        try {
            Process process = builder.start();
            process.getOutputStream().close();
            return process;
        } catch (IOException e) {
            throw failed(PROGRAM + " cannot be started on this machine");
        }
    }

    private Path program() {
        return program.get()
                .orElseThrow(() -> LibraryFailure.invalid("quantizing needs " + PROGRAM
                        + ", which comes with the native engine and is not installed: run 'manage.sh engine', or bring a"
                        + " quantized GGUF file"));
    }

    private static LibraryFailure failed(String reason) {
        String plain = reason.replaceAll("\\p{Cntrl}+", " ").strip();
        String shown = plain.substring(0, Math.min(plain.length(), TOLD));
        return new LibraryFailure(Kind.FAILED, "the model cannot be quantized" + (shown.isEmpty() ? "" : ": " + shown));
    }
}
