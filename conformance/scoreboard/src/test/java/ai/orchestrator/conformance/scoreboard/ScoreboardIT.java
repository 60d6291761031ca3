package ai.orchestrator.conformance.scoreboard;

import static org.assertj.core.api.Assertions.assertThat;

import ai.orchestrator.conformance.ScoreTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** README shows what this run of the clients has shown. */
class ScoreboardIT {
    private static final List<String> MODULES = List.of("langchain4j", "spring-ai", "ollama4j", "npm");
    private static final String BEGIN = "<!-- scoreboard: written by the conformance tests -->\n";
    private static final String END = "\n<!-- end of scoreboard -->";

    @Test
    void readmeShowsThisRun() throws IOException {
        ScoreTable table = new ScoreTable();
        for (String module : MODULES) {
            Path scores = Path.of("..", module, "target", "scores.tsv");
            assertThat(scores)
                    .as("the scores of %s, which has to run before", module)
                    .isRegularFile();
            Files.readAllLines(scores).forEach(table::add);
        }
        Path written = Path.of("target", "scoreboard.md");
        Files.writeString(written, table.markdown() + "\n");

        String readme = Files.readString(Path.of("..", "..", "README.md"));
        assertThat(readme).as("README's scoreboard").contains(BEGIN, END);
        String shown = readme.substring(readme.indexOf(BEGIN) + BEGIN.length(), readme.indexOf(END));
        assertThat(shown)
                .as("README's scoreboard, which has to be what conformance/scoreboard/target/scoreboard.md says")
                .isEqualTo(table.markdown());
    }
}
