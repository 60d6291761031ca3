package ai.orchestrator.cache.sqlite;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;

/** Does to files what bad disks do. */
final class DamagedFiles {
    static final int PAGE = 4096;

    private DamagedFiles() {}

    /** @param page counted from 1 */
    static void overwritePage(Path file, int page) throws IOException {
        byte[] noise = new byte[PAGE];
        new Random(page).nextBytes(noise);
        overwrite(file, (page - 1L) * PAGE, noise);
    }

    /** Makes bytes all ones. */
    static void overwrite(Path file, long offset, int length) throws IOException {
        byte[] ones = new byte[length];
        Arrays.fill(ones, (byte) -1);
        overwrite(file, offset, ones);
    }

    private static void overwrite(Path file, long offset, byte[] bytes) throws IOException {
        try (RandomAccessFile pages = new RandomAccessFile(file.toFile(), "rw")) {
            pages.seek(offset);
            pages.write(bytes);
        }
    }
}
