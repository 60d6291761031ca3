package ai.orchestrator.bench.fault;

import ai.orchestrator.bench.run.Home;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/** Something that can befall the folder of the SQLite file while the server runs, and that needs no rights of its own. */
record Damage(String name, String purpose, Blow blow) {
    /** All that is measured. */
    static final List<Damage> ALL = List.of(
            new Damage("sqlite-garbage", "the SQLite file is overwritten with random bytes", Damage::overwrite),
            new Damage("sqlite-gone", "the folder of the SQLite file is moved away", Damage::moveAway));

    private static final int STEP = 1 << 16;

    /** The damage done. */
    interface Blow {
        void strike(Home home) throws IOException;
    }

    private static void overwrite(Home home) throws IOException {
        for (String name : List.of("cache.sqlite", "cache.sqlite-wal")) {
            Path path = home.data().resolve(name);
            if (Files.exists(path)) {
                overwrite(path);
            }
        }
    }

    private static void overwrite(Path path) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
            byte[] garbage = new byte[STEP];
            for (long left = file.length(); left > 0; left -= STEP) {
                ThreadLocalRandom.current().nextBytes(garbage);
                file.write(garbage, 0, (int) Math.min(STEP, left));
            }
        }
    }

    private static void moveAway(Home home) throws IOException {
        Files.move(home.data(), home.data().resolveSibling("data-moved"));
        Files.writeString(home.data(), "a file where the folder was\n");
    }
}
