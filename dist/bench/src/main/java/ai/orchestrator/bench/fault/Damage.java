package ai.orchestrator.bench.fault;

import ai.orchestrator.bench.run.Home;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/** Something that can befall the SQLite file while the server runs, and that needs no rights of its own. */
record Damage(String name, String purpose, Turn strike, Turn heal) {
    /** All that is measured. */
    static final List<Damage> ALL = List.of(
            new Damage(
                    "sqlite-garbage",
                    "the SQLite file is overwritten with random bytes",
                    Damage::overwrite,
                    home -> {}), // what comes after it is the server's own doing
            new Damage(
                    "sqlite-gone",
                    "the SQLite file's folder is moved away, and back",
                    Damage::moveAway,
                    Damage::bringBack));

    private static final int STEP = 1 << 16;

    /** One turn of it. */
    interface Turn {
        void take(Home home) throws IOException;
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
        Files.move(home.data(), away(home));
        Files.writeString(home.data(), "a file where the folder was\n");
    }

    private static void bringBack(Home home) throws IOException {
        Files.delete(home.data());
        Files.move(away(home), home.data());
    }

    private static Path away(Home home) {
        return home.data().resolveSibling("data-moved");
    }
}
