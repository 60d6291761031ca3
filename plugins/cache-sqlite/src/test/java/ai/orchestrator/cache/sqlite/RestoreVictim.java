package ai.orchestrator.cache.sqlite;

import ai.orchestrator.plugin.cache.DurableCacheTier;
import java.nio.file.Path;
import java.util.Map;

/** Restores one backup after the other, in turn, until it is killed; says a line after each. */
final class RestoreVictim {
    private RestoreVictim() {}

    /** Arguments: the folder, and the backups. */
    public static void main(String[] arguments) {
        Path home = Path.of(arguments[0]);
        DurableCacheTier tier = TestTiers.tier(home, Map.of());
        while (true) {
            for (int i = 1; i < arguments.length; i++) {
                tier.restore(home.resolve(arguments[i]), KillVictim::isWhole, (done, total) -> {});
                tier.put(KillVictim.key(7), KillVictim.entry(7, i), TestTiers.LONG);
                System.out.write('r');
                System.out.flush();
            }
        }
    }
}
