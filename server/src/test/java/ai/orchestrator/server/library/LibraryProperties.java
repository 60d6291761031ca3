package ai.orchestrator.server.library;

import static org.assertj.core.api.Assertions.assertThat;

import ai.orchestrator.server.orchestration.ModelName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class LibraryProperties {
    private static final Path FOLDER = Path.of("/models/manifests");

    @Property
    void aNameNeverLeavesTheFolder(@ForAll("names") String text) {
        StoredName.parse(text).ifPresent(name -> {
            Path path = FOLDER.resolve(name.path());
            assertThat(path.normalize()).isEqualTo(path).startsWithRaw(FOLDER);
            assertThat(FOLDER.relativize(path).getNameCount()).isEqualTo(4);
        });
    }

    @Property
    void allSpellingsOfANameAreOne(@ForAll("names") String text) {
        StoredName.parse(text).ifPresent(name -> {
            String full = name.full();
            assertThat(ModelName.parse(text)).map(ModelName::full).contains(full);
            assertThat(StoredName.parse(full)).map(StoredName::full).contains(full);
        });
    }

    @Property
    void noBytesAreTooStrangeForTheManifestReader(@ForAll byte[] bytes) {
        try {
            assertThat(Manifest.parse(bytes)).isNotNull();
        } catch (MalformedManifestException e) {
            assertThat(e).hasMessageNotContaining("null");
        }
    }

    @Property(tries = 300)
    void noFileIsTooStrangeForTheGgufReader(@ForAll byte value, @ForAll int position, @ForAll int length)
            throws IOException {
        byte[] bytes = TestGguf.weights("x").bytes();
        bytes[Math.floorMod(position, bytes.length)] = value;
        Path file = Files.createTempFile("head", ".gguf");
        try {
            Files.write(file, Arrays.copyOf(bytes, Math.floorMod(length, bytes.length + 1)));
            assertThat(GgufHeadReader.read(file)).isNotNull();
        } catch (MalformedGgufException e) {
            assertThat(e).hasMessageNotContaining(file.toString());
        } finally {
            Files.delete(file);
        }
    }

    @Provide
    Arbitrary<String> names() {
        Arbitrary<String> part =
                Arbitraries.strings().withChars("aZ9_.-").ofMinLength(1).ofMaxLength(5);
        Arbitrary<String> wild =
                Arbitraries.strings().withChars("aA./\\:-_ \u0000%~").ofMaxLength(20);
        Arbitrary<String> legal = Combinators.combine(part.list().ofMinSize(1).ofMaxSize(3), part.optional(0.5))
                .as((parts, tag) ->
                        String.join("/", parts) + tag.map(t -> ":" + t).orElse(""));
        Arbitrary<String> usual = legal.map(name -> "registry.ollama.ai/" + name);
        return Arbitraries.oneOf(wild, legal, usual);
    }
}
