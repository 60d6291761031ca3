package ai.orchestrator.server.plugin;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * A plugin as it lies in the plugin folder: a zip, or the same unpacked.
 *
 * @param name the file's or folder's name, which messages use
 */
record PluginFile(Path path, String name) {
    /** The plugins of a folder, by name; hidden files and those of other kinds are none. */
    static List<PluginFile> in(Path folder) throws BrokenPluginException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(path -> new PluginFile(path, String.valueOf(path.getFileName())))
                    .filter(file -> !file.name().startsWith("."))
                    .filter(file -> file.isZip() || Files.isDirectory(file.path()))
                    .sorted((a, b) -> a.name().compareTo(b.name()))
                    .toList();
        } catch (IOException e) {
            throw new BrokenPluginException("the plugin folder cannot be read", e);
        }
    }

    boolean isZip() {
        return name.endsWith(".zip") && Files.isRegularFile(path);
    }

    /** The files that make up the plugin: the zip, or all files of the folder. */
    List<Path> files() throws IOException {
        try (Stream<Path> files = Files.walk(path)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }
}
