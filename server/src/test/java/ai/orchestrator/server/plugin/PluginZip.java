package ai.orchestrator.server.plugin;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.StandardLocation;
import javax.tools.ToolProvider;
import org.pf4j.util.FileUtils;

/** A plugin zip, compiled from sources that a test gives. */
final class PluginZip {
    private final Map<String, String> properties = new LinkedHashMap<>();
    private final Map<String, String> sources = new LinkedHashMap<>();
    private final List<String> extensions = new ArrayList<>();
    private final Map<String, String> extra = new LinkedHashMap<>();
    private final List<String> libraries = new ArrayList<>();

    PluginZip(String id) {
        properties.put("plugin.id", id);
        properties.put("plugin.version", "1.2.3");
        properties.put("plugin.requires", ">=0.1.0 & <0.2.0");
    }

    /** Sets a line of plugin.properties. */
    PluginZip property(String name, String value) {
        properties.put(name, value);
        return this;
    }

    PluginZip without(String property) {
        properties.remove(property);
        return this;
    }

    /** Adds a class, given whole. */
    PluginZip source(String className, String source) {
        sources.put(className, source);
        return this;
    }

    /** Adds a class that is listed as an extension. */
    PluginZip extension(String className, String source) {
        extensions.add(className);
        return source(className, source);
    }

    /** Adds a search engine whose one hit has the given expression as its title. */
    PluginZip engine(String kind, String title) {
        return engine(kind, title, "");
    }

    /** The same, with statements that run in {@code create} before the engine is made. */
    PluginZip engine(String kind, String title, String creation) {
        String name = "sample." + kind + ".Factory";
        return extension(name, """
                package sample.%s;
                import ai.orchestrator.plugin.*;
                import ai.orchestrator.plugin.search.*;
                import java.util.*;
                public class Factory implements SearchEngineFactory {
                    public String kind() { return "%s"; }
                    public SearchEngine create(PluginContext context) {
                        %s
                        return new SearchEngine() {
                            public List<SearchHit> search(SearchQuery query) {
                                return List.of(new SearchHit("doc:1", String.valueOf(%s), "", Optional.empty(), OptionalDouble.empty()));
                            }
                            public void close() { System.setProperty("closed." + context.name(), String.valueOf(System.nanoTime())); }
                        };
                    }
                }
                """.formatted(kind, kind, creation, title));
    }

    /** Adds an entry to the zip beside the jar. */
    PluginZip entry(String name, String text) {
        extra.put(name, text);
        return this;
    }

    /** Adds a library that has an extension index without entries. */
    PluginZip library(String name) {
        libraries.add(name);
        return this;
    }

    void writeTo(Path zip) {
        try {
            Files.createDirectories(zip.resolveSibling("."));
            Files.write(zip, bytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private byte[] bytes() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            StringBuilder lines = new StringBuilder();
            properties.forEach((name, value) ->
                    lines.append(name).append('=').append(value).append('\n'));
            put(zip, "plugin.properties", lines.toString().getBytes(UTF_8));
            put(zip, "lib/plugin.jar", jar());
            for (String library : libraries) {
                put(
                        zip,
                        "lib/" + library + ".jar",
                        jarOf(Map.of("META-INF/extensions.idx", "# none\n".getBytes(UTF_8))));
            }
            for (Map.Entry<String, String> entry : extra.entrySet()) {
                put(zip, entry.getKey(), entry.getValue().getBytes(UTF_8));
            }
        }
        return bytes.toByteArray();
    }

    private byte[] jar() throws IOException {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        entries.put("META-INF/extensions.idx", String.join("\n", extensions).getBytes(UTF_8));
        Path classes = Files.createTempDirectory("plugin-classes");
        compile(classes);
        try (Stream<Path> files = Files.walk(classes)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                entries.put(classes.relativize(file).toString().replace('\\', '/'), Files.readAllBytes(file));
            }
        }
        FileUtils.delete(classes);
        return jarOf(entries);
    }

    private static byte[] jarOf(Map<String, byte[]> entries) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JarOutputStream jar = new JarOutputStream(bytes)) {
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                put(jar, entry.getKey(), entry.getValue());
            }
        }
        return bytes.toByteArray();
    }

    private void compile(Path target) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, UTF_8)) {
            files.setLocationFromPaths(StandardLocation.CLASS_OUTPUT, List.of(target));
            List<JavaFileObject> units = new ArrayList<>();
            sources.forEach((name, source) -> units.add(unit(name, source)));
            List<String> options = List.of("-proc:none", "-classpath", System.getProperty("java.class.path", ""));
            if (!units.isEmpty()
                    && !compiler.getTask(null, files, null, options, null, units)
                            .call()) {
                throw new IllegalArgumentException("the plugin's sources do not compile");
            }
        }
    }

    private static JavaFileObject unit(String className, String source) {
        URI uri = URI.create("string:///" + className.replace('.', '/') + ".java");
        return new SimpleJavaFileObject(uri, JavaFileObject.Kind.SOURCE) {
            @Override
            public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                return source;
            }
        };
    }

    private static void put(ZipOutputStream zip, String name, byte[] content) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(content);
        zip.closeEntry();
    }
}
