package ai.orchestrator.model.llamacpp;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LostSocketTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource
    void a_process_whose_folder_was_cleaned_away_is_replaced(On engine) throws Exception {
        TinyModels.generator().to(folder.resolve("tiny.gguf"));
        try (LlamaCppProvider provider = engine.provider(folder)) {
            provider.load("tiny", Optional.empty());
            ChildProcess process = provider.worker("tiny:latest").orElseThrow().child();
            try (Stream<Path> files = Files.list(process.folder())) {
                List<Path> all = files.toList();
                for (Path file : all) {
                    Files.delete(file);
                }
            }
            Files.delete(process.folder());

            assertThat(Ask.answer(provider, Ask.raw("tiny", "abc", Ask.fixed(4)))
                            .text())
                    .isNotEmpty();
            Ask.until("the lost one has ended", () -> !process.isAlive());
        }
    }
}
