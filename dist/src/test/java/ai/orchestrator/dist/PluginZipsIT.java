package ai.orchestrator.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What each plugin zip holds, and what it must not: a copy of what the host serves would be another class. */
class PluginZipsIT {
    private static final List<String> SERVED_BY_THE_HOST =
            List.of("ai/orchestrator/plugin/", "org/pf4j/", "org/slf4j/", "org/jspecify/");

    static Stream<Path> zips() throws IOException {
        Path plugins = Path.of(System.getProperty("orchestrator.tree", "target/orchestrator"), "plugins");
        List<Path> zips = new ArrayList<>();
        try (var files = Files.list(plugins)) {
            files.filter(path -> path.toString().endsWith(".zip")).forEach(zips::add);
        }
        assertThat(zips).hasSizeGreaterThanOrEqualTo(15);
        return zips.stream();
    }

    @ParameterizedTest
    @MethodSource("zips")
    void isWholeAndBringsNothingThatTheHostServes(Path path) throws IOException {
        try (ZipFile zip = new ZipFile(path.toFile())) {
            Properties properties = new Properties();
            try (InputStream in = zip.getInputStream(zip.getEntry("plugin.properties"))) {
                properties.load(in);
            }
            assertThat(properties.stringPropertyNames())
                    .contains("plugin.id", "plugin.version", "plugin.requires", "plugin.description");
            assertThat(properties.values()).noneMatch(value -> value.toString().contains("${"));

            List<String> indexes = new ArrayList<>();
            for (ZipEntry entry : Collections.list(zip.entries())) {
                assertThat(entry.getName()).matches("plugin\\.properties|lib/|lib/[^/]+\\.jar");
                if (entry.getName().endsWith(".jar")) {
                    try (InputStream in = zip.getInputStream(entry)) {
                        check(entry.getName(), in.readAllBytes(), indexes);
                    }
                }
            }
            assertThat(indexes).as("the index of extensions").hasSize(1);
            assertThat(indexes.getFirst()).contains("ai.orchestrator.");
        }
    }

    private static void check(String name, byte[] jar, List<String> indexes) throws IOException {
        try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(jar))) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                String file = entry.getName();
                assertThat(SERVED_BY_THE_HOST)
                        .as("%s in %s", file, name)
                        .noneMatch(served -> file.startsWith(served) && file.endsWith(".class"));
                if (file.equals("META-INF/extensions.idx")) {
                    indexes.add(new String(in.readAllBytes(), StandardCharsets.UTF_8));
                }
            }
        }
    }
}
