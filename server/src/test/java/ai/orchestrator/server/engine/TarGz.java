package ai.orchestrator.server.engine;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/** A {@code .tar.gz} that a test makes; names are taken as they are given, however bad. */
final class TarGz implements AutoCloseable {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final TarArchiveOutputStream tar;

    TarGz() throws IOException {
        tar = new TarArchiveOutputStream(new GZIPOutputStream(bytes));
        tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
    }

    TarGz file(String name, String content) throws IOException {
        return file(name, content, 0644);
    }

    TarGz program(String name, String content) throws IOException {
        return file(name, content, 0755);
    }

    TarGz link(String name, String target) throws IOException {
        return special(name, TarConstants.LF_SYMLINK, target);
    }

    TarGz hardLink(String name, String target) throws IOException {
        return special(name, TarConstants.LF_LINK, target);
    }

    /** Something that has no content. */
    TarGz special(String name, byte type, String target) throws IOException {
        TarArchiveEntry entry = new TarArchiveEntry(name, type, true);
        entry.setLinkName(target);
        tar.putArchiveEntry(entry);
        tar.closeArchiveEntry();
        return this;
    }

    byte[] bytes() throws IOException {
        tar.close();
        return bytes.toByteArray();
    }

    @Override
    public void close() throws IOException {
        tar.close();
    }

    private TarGz file(String name, String content, int mode) throws IOException {
        byte[] data = content.getBytes(StandardCharsets.UTF_8);
        TarArchiveEntry entry = new TarArchiveEntry(name, true);
        entry.setSize(data.length);
        entry.setMode(mode);
        tar.putArchiveEntry(entry);
        tar.write(data);
        tar.closeArchiveEntry();
        return this;
    }
}
