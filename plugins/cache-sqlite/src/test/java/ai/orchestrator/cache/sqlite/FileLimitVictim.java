package ai.orchestrator.cache.sqlite;

import static java.nio.charset.StandardCharsets.UTF_8;

import ai.orchestrator.plugin.PluginFailure;
import ai.orchestrator.plugin.cache.DurableCacheTier;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;

/** Fills a tier in a process whose files cannot grow beyond a limit, as with a quota; says what became of it. */
final class FileLimitVictim {
    private FileLimitVictim() {}

    /** Arguments: the folder, and how many entries of 10,000 bytes to put. */
    public static void main(String[] arguments) {
        System.setOut(System.err); // what is logged is none of what is said
        Path home = Path.of(arguments[0]);
        StringBuilder said = new StringBuilder();
        try (DurableCacheTier tier = TestTiers.tier(home, Map.of())) {
            said.append(fill(tier, Integer.parseInt(arguments[1]))).append('\n');
            said.append(tier.health().state()).append('\n');
            said.append(tier.get(TestTiers.key(1)).isPresent()).append('\n');
            said.append(attempt(() -> tier.backup(home.resolve("b"), (done, total) -> {})))
                    .append('\n');
            said.append(attempt(() -> tier.restore(home.resolve("large"), entry -> true, (done, total) -> {})))
                    .append('\n');
            said.append(tier.get(TestTiers.key(1)).isPresent()).append('\n');
        }
        say(said.toString());
    }

    private static void say(String text) {
        try (FileOutputStream out = new FileOutputStream(FileDescriptor.out)) {
            out.write(text.getBytes(UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String fill(DurableCacheTier tier, int entries) {
        return attempt(() -> {
            for (int i = 0; i < entries; i++) {
                tier.put(TestTiers.key(i), TestTiers.entry(10_000), TestTiers.LONG);
            }
        });
    }

    private static String attempt(Runnable work) {
        try {
            work.run();
            return "done";
        } catch (PluginFailure e) {
            return e.getMessage();
        }
    }
}
