package ai.orchestrator.server.download;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** A script that is called as pip is, and "downloads" a wheel that a test has made. */
final class FakePip {
    private final Path folder;

    FakePip(Path folder) {
        this.folder = folder;
    }

    /** Makes a wheel that the script will give, with one member. */
    Path wheel(String member, byte[] content) throws IOException {
        Path wheel = folder.resolve("tiny-1.0-py3-none-any.whl");
        try (OutputStream out = Files.newOutputStream(wheel);
                ZipOutputStream zip = new ZipOutputStream(out)) {
            zip.putNextEntry(new ZipEntry("tiny/__init__.py"));
            zip.write("raise SystemExit('nothing of the wheel is run')".getBytes(StandardCharsets.UTF_8));
            zip.putNextEntry(new ZipEntry(member));
            zip.write(content);
        }
        return wheel;
    }

    /** Makes the script; {@code download} is what it does when it is told to download. */
    List<String> script(String name, String version, String download) throws IOException {
        Path script = folder.resolve(name);
        Files.writeString(script, """
                #!/bin/sh
                case "$1" in
                --version) %s ;;
                download) echo "$0" "$@" >> '%s'
                    while [ "$1" != -d ]; do shift; done
                    %s ;;
                esac
                """.formatted(version, folder.resolve("calls"), download));
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
        return List.of(script.toString());
    }

    /** How the script was told to download, a line for each time. */
    List<String> calls() throws IOException {
        return Files.readAllLines(folder.resolve("calls"));
    }
}
