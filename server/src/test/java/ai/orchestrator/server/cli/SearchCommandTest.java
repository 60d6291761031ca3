package ai.orchestrator.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ai.orchestrator.plugin.Health;
import ai.orchestrator.plugin.search.SearchEngine;
import ai.orchestrator.plugin.search.SearchHit;
import ai.orchestrator.plugin.search.SearchQuery;
import ai.orchestrator.server.cli.CommandRun.Program;
import ai.orchestrator.server.cli.OrchestratorCommand.OpenSearch;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SearchCommandTest {
    @TempDir
    Path home;

    private Program program = new Program(Path.of(""));
    private final List<Path> scratches = new ArrayList<>();

    @BeforeEach
    void settle() {
        program = new Program(home).configured("server: {port: 1234}");
        program.search = (config, at, scratch) -> {
            scratches.add(scratch);
            return new OpenSearch(
                    new FirstDocument(scratch.resolve("documents")), Optional.empty(), Optional.empty(), () -> {});
        };
    }

    private String file(String name, String text) throws IOException {
        return Files.writeString(home.resolve(name), text).toString();
    }

    @Test
    void evaluatesACollectionAndLeavesNothingBehind() throws Exception {
        CommandRun run = program.run(
                "search",
                "evaluate",
                "--corpus",
                file("c.tsv", "doc_id\ttitle\tabstract\na\tOne <&>\ttext of it\nb\tTwo\tother\n"),
                "--queries",
                file("q.tsv", "1\tone\n2\ttwo\n3\tnobody judged this\n"),
                "--qrels",
                file("r.txt", "1 0 a 1\n2 0 b 1\n"),
                "--json");

        JsonNode json = run.json();
        assertThat(json.get("documents").asInt()).isEqualTo(2);
        assertThat(json.get("queries").asInt()).isEqualTo(2);
        assertThat(json.get("ndcg10").asDouble()).isEqualTo(0.5);
        assertThat(json.get("ndcg10_reranked").asDouble()).isEqualTo(0.5);
        assertThat(json.get("p95_ms").asDouble()).isNotNegative();
        assertThat(scratches).singleElement().satisfies(scratch -> assertThat(scratch)
                .doesNotExist());
    }

    @Test
    void saysWhichFileIsBad() throws Exception {
        String queries = file("q.tsv", "1\tone\n");
        CommandRun run = program.run(
                "search",
                "evaluate",
                "--corpus",
                home.resolve("none.tsv").toString(),
                "--queries",
                queries,
                "--qrels",
                queries,
                "--json");

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.json().get("error").asText()).endsWith("none.tsv does not exist");
    }

    /** Finds the first document, whatever it is asked, as long as that is there. */
    private record FirstDocument(Path folder) implements SearchEngine {
        @Override
        public List<SearchHit> search(SearchQuery query) {
            assertThat(folder.resolve("0.html")).content().contains("<title>One &lt;&amp;&gt;</title>");
            return List.of(new SearchHit("doc:0.html", "One", "text", Optional.empty(), OptionalDouble.of(2)));
        }

        @Override
        public Health health() {
            return Health.up();
        }

        @Override
        public void close() {}
    }
}
