package ai.orchestrator.cache.sqlite;

import ai.orchestrator.plugin.cache.DurableCacheTier;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Map;

/** Restores one backup after the other, in turn, until it is killed; says a letter after each. */
final class RestoreVictim {
    private RestoreVictim() {}

    /** Arguments: the folder, and the backups. */
    public static void main(String[] arguments) throws IOException {
        System.setOut(System.err); // what is logged is none of what is said
        OutputStream out = new FileOutputStream(FileDescriptor.out);
        Path home = Path.of(arguments[0]);
        DurableCacheTier tier = TestTiers.tier(home, Map.of());
        while (true) {
            for (int i = 1; i < arguments.length; i++) {
                tier.restore(home.resolve(arguments[i]), KillVictim::isWhole, (done, total) -> {});
                tier.put(KillVictim.key(7), KillVictim.entry(7, i), TestTiers.LONG);
                out.write('r');
            }
        }
    }
}
