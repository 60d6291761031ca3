package ai.orchestrator.server.download;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** A small wheel that pip takes. */
final class WheelFile {
    private WheelFile() {}

    static void write(Path folder, String name, String version, String member, byte[] content) throws IOException {
        Files.createDirectories(folder);
        Path wheel = folder.resolve(name + "-" + version + "-py3-none-any.whl");
        String info = name + "-" + version + ".dist-info/";
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(wheel))) {
            put(zip, member, content);
            put(
                    zip,
                    info + "METADATA",
                    ("Metadata-Version: 2.1\nName: " + name + "\nVersion: " + version + "\n").getBytes(UTF_8));
            put(zip, info + "WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n".getBytes(UTF_8));
            put(zip, info + "RECORD", new byte[0]);
        }
    }

    private static void put(ZipOutputStream zip, String name, byte[] content) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(content);
        zip.closeEntry();
    }
}
