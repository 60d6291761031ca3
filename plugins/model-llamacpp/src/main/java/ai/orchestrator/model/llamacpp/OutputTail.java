package ai.orchestrator.model.llamacpp;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** The last lines that a process wrote. */
final class OutputTail {
    private static final int MOST_LINES = 60;
    private static final int MOST_CHARACTERS = 500;
    private static final Pattern FOLDERS = Pattern.compile("(?:[A-Za-z]:)?(?:[/\\\\][^\\s'\"/\\\\:]+)+[/\\\\]");

    /** How the last words of a process begin that dies of a fault. */
    private static final Pattern FAULT = Pattern.compile(
            "\\s*(?:terminate called|what\\(\\)|error:|# |.*GGML_(?:ASSERT|ABORT)|.*: symbol lookup error).*");

    private final Deque<String> lines = new ArrayDeque<>();
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile boolean faultsOnly;

    /** Reads until the stream ends, so that the process never waits for a reader. */
    void drain(InputStream stream) {
        try (BufferedReader in = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                if (!faultsOnly || FAULT.matcher(line).matches()) {
                    add(line);
                }
            }
        } catch (IOException e) {
            add("(" + e.getMessage() + ")");
        } finally {
            ended.countDown();
        }
    }

    /** Waits until all that an ended process wrote has been read, though not for long: a child of its own may keep its output open. */
    void awaitEnd() throws InterruptedException {
        var _ = ended.await(1, TimeUnit.SECONDS);
    }

    private synchronized void add(String line) {
        lines.addLast(line.length() > MOST_CHARACTERS ? line.substring(0, MOST_CHARACTERS) : line);
        if (lines.size() > MOST_LINES) {
            lines.removeFirst();
        }
    }

    /** From now on keeps only lines that tell of a fault: others can hold what users wrote. */
    void keepFaultsOnly() {
        faultsOnly = true;
    }

    synchronized List<String> lines() {
        return List.copyOf(lines);
    }

    /** The line that says best why the process ended, without folders of this machine; empty if none does. */
    String reason() {
        List<String> all = lines();
        for (String mark : List.of("error loading model:", "what():", "assert", "error")) {
            for (String line : all) {
                if (line.toLowerCase(Locale.ROOT).contains(mark)) {
                    String said = line.substring(Math.max(0, line.indexOf(mark)));
                    return withoutFolders(said).strip();
                }
            }
        }
        return "";
    }

    /**
     * Whether llama.cpp ended over a model's chat template. Its log and the words of the C++ runtime come from two threads and can be mixed
     * within one line, so either of the two marks counts, wherever it stands.
     */
    boolean refusesTemplate() {
        return lines().stream()
                .anyMatch(line -> line.contains("chat template is not supported")
                        || line.contains("common_chat_verify_template: failed"));
    }

    /** A text without the folders of this machine that it names. */
    static String withoutFolders(String text) {
        return FOLDERS.matcher(text).replaceAll("");
    }
}
