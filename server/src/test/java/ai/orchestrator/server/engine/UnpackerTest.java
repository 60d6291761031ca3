package ai.orchestrator.server.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UnpackerTest {
    private static final Unpacker UNPACKER = new Unpacker(1_000, 10);

    @TempDir
    Path outer;

    private Path folder = Path.of("");

    @BeforeEach
    void makeFolder() throws IOException {
        folder = Files.createDirectory(outer.resolve("folder"));
    }

    @Test
    void filesProgramsAndLinksOfATarAreUnpacked() throws Exception {
        unpack(new TarGz()
                .link("tool/lib.so", "lib.so.1")
                .file("tool/lib.so.1", "library")
                .program("tool/bin/run", "program")
                .hardLink("tool/bin/same", "tool/bin/run")
                .link("tool/none", "absent"));

        assertThat(folder.resolve("tool/lib.so")).isSymbolicLink().hasContent("library");
        assertThat(folder.resolve("tool/lib.so.1")).matches(file -> !Files.isExecutable(file));
        assertThat(folder.resolve("tool/bin/run")).isExecutable().hasContent("program");
        assertThat(folder.resolve("tool/bin/same")).isExecutable().hasContent("program");
        assertThat(Files.exists(folder.resolve("tool/none"), LinkOption.NOFOLLOW_LINKS))
                .isFalse();
    }

    @Test
    void aZipIsUnpackedToo() throws Exception {
        unpack(zip(entry("tool/bin/run", 0100755), entry("tool/readme", 0100644), entry("tool/link", 0120777)));

        assertThat(folder.resolve("tool/bin/run")).isExecutable();
        assertThat(folder.resolve("tool/readme")).hasContent("readme");
        assertThat(folder.resolve("tool/link")).isSymbolicLink().hasContent("readme");
    }

    @ParameterizedTest
    @ValueSource(strings = {"../out", "/out", "a/../../out", "..", "a/../../folder-too/out"})
    void aNameThatLeadsOutIsRefused(String name) throws Exception {
        assertRefused(new TarGz().file(name, "x").bytes(), "would reach outside its folder");
        assertRefused(zip(entry(name, 0100644)), "would reach outside its folder");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/etc/passwd", "../../out", "../../folder-too"})
    void aLinkThatLeadsOutIsRefused(String target) throws Exception {
        assertRefused(new TarGz().link("a/link", target).bytes(), "would reach outside its folder: a/link");
    }

    @Test
    void nothingIsWrittenThroughALink() throws Exception {
        byte[] archive = new TarGz().link("link", ".").file("link/file", "x").bytes();

        assertRefused(archive, "the archive cannot be unpacked");
    }

    @Test
    void aLinkThatLeadsOutByAnotherLinkIsRefused() throws Exception {
        Files.writeString(outer.resolve("secret"), "x");
        byte[] archive = new TarGz()
                .file("a/b/c/file", "x")
                .link("here", "a/b/c")
                .link("a/b/c/up", "../../..")
                .link("a/out", "../here/up/../secret")
                .bytes();

        assertRefused(archive, "would reach outside its folder: a/out");
    }

    @Test
    void noLinkIsMadeThroughALink() throws Exception {
        byte[] archive = new TarGz()
                .file("a/file", "x")
                .link("here", "a")
                .link("here/link", "file")
                .bytes();

        assertRefused(archive, "would reach outside its folder: here/link");
    }

    @Test
    void aHardLinkToAFileOutsideIsRefused() throws Exception {
        assertRefused(new TarGz().hardLink("link", "../secret").bytes(), "would reach outside its folder");
    }

    @Test
    void moreBytesThanAllowedAreRefused() throws Exception {
        String half = "x".repeat(600);

        assertRefused(new TarGz().file("a", half).file("b", half).bytes(), "holds more than an engine can need");
        assertRefused(new TarGz().file("a", half).hardLink("b", "a").bytes(), "holds more than an engine can need");
    }

    @Test
    void moreMembersThanAllowedAreRefused() throws Exception {
        TarGz archive = new TarGz();
        for (int i = 0; i < 11; i++) {
            archive.special("folder" + i + "/", TarConstants.LF_DIR, "");
        }

        assertRefused(archive.bytes(), "the archive has more than 10 members");
    }

    @Test
    void whatIsNeitherFileNorLinkIsRefused() throws Exception {
        assertRefused(new TarGz().special("pipe", TarConstants.LF_FIFO, "").bytes(), "neither a file nor a link: pipe");
    }

    @Test
    void aFileThatIsThereTwiceIsRefused() throws Exception {
        assertRefused(new TarGz().file("a", "1").file("a", "2").bytes(), "the archive cannot be unpacked");
    }

    @Test
    void damagedArchivesAreRefused() throws Exception {
        byte[] whole = new TarGz().file("a", "content").bytes();

        assertRefused(Arrays.copyOf(whole, whole.length / 2), "the archive cannot be unpacked");
        assertRefused("<html>".getBytes(StandardCharsets.UTF_8), "neither a .tar.gz nor a .zip");
        assertRefused(new byte[0], "neither a .tar.gz nor a .zip");
        assertRefused("PK and no more".getBytes(StandardCharsets.UTF_8), "the archive cannot be unpacked");
    }

    private void unpack(TarGz archive) throws Exception {
        unpack(archive.bytes());
    }

    private void unpack(byte[] archive) throws Exception {
        UNPACKER.unpack(Files.write(outer.resolve("archive"), archive), folder);
    }

    private void assertRefused(byte[] archive, String reason) throws IOException {
        assertThatThrownBy(() -> unpack(archive))
                .isInstanceOf(EngineFailure.class)
                .hasMessageContaining(reason)
                .message()
                .doesNotContain(outer.toString());
        try (Stream<Path> files = Files.list(outer)) {
            assertThat(files)
                    .extracting(file -> outer.relativize(file).toString())
                    .isSubsetOf("folder", "archive", "secret");
        }
        FileTree.delete(folder);
        Files.createDirectory(folder);
    }

    private static ZipArchiveEntry entry(String name, int mode) {
        ZipArchiveEntry entry = new ZipArchiveEntry(name);
        entry.setUnixMode(mode);
        return entry;
    }

    /** Each file, and each link's target, is {@code readme}. */
    private static byte[] zip(ZipArchiveEntry... entries) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipArchiveOutputStream zip = new ZipArchiveOutputStream(bytes)) {
            for (ZipArchiveEntry entry : entries) {
                zip.putArchiveEntry(entry);
                zip.write("readme".getBytes(StandardCharsets.UTF_8));
                zip.closeArchiveEntry();
            }
        }
        return bytes.toByteArray();
    }
}
