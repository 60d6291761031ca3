package ai.orchestrator.server.search.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.orchestrator.server.search.evaluate.Collection.Judged;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CollectionTest {
    @TempDir
    Path folder;

    private Path file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    @Test
    void readsTables() throws Exception {
        Path packed = folder.resolve("two.tsv.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(packed))) {
            out.write("doc_id\ttitle\tabstract\n3\tC\tsee\n".getBytes(StandardCharsets.UTF_8));
        }
        Collection collection = Collection.read(
                List.of(file("one.tsv", "doc_id\ttitle\tabstract\n1\t\"An \"\"A\"\"\"\ttext\n2\tB\tmore\n"), packed),
                file("q.tsv", "7\tWhat is A?\n"),
                file("qrels.txt", "7 0 1 2\n7 0 2 0\n"));

        assertThat(collection.documents())
                .containsExactly(
                        Map.entry("1", new Judged("An \"A\"", "text")),
                        Map.entry("2", new Judged("B", "more")),
                        Map.entry("3", new Judged("C", "see")));
        assertThat(collection.queries()).containsExactly(Map.entry("7", "What is A?"));
        assertThat(collection.gains()).isEqualTo(Map.of("7", Map.of("1", 2)));
    }

    @Test
    void readsCranfieldsFilesWhoseQueriesCountFromOneAndWhoseGradesFallFromOne() throws Exception {
        Collection collection = Collection.read(
                List.of(file(
                        "c.all",
                        ".I 1\n.T\nwings\n.A\nsmith\n.B\nj. 1950\n.W\non wings .\n.I\nin tubes .\n.I 2\n.T\nb\n.W\n")),
                file("c.qry", ".I 001\n.W\nwhat of\nwings .\n.I 005\n.W\nand tubes .\n"),
                file("rel", "1 1 1\n1 2 4\n2 1 -1\n2 2 5\n"));

        assertThat(collection.documents().get("1")).isEqualTo(new Judged("wings", "on wings .\n.I\nin tubes ."));
        assertThat(collection.documents().get("2")).isEqualTo(new Judged("b", ""));
        assertThat(collection.queries()).isEqualTo(Map.of("1", "what of\nwings .", "2", "and tubes ."));
        assertThat(collection.gains()).isEqualTo(Map.of("1", Map.of("1", 4, "2", 1)));
    }

    @Test
    void saysWhatIsWrongWithAFile() throws Exception {
        Path corpus = file("one.tsv", "doc_id\ttitle\tabstract\n1\tA\ttext\n");
        Path queries = file("q.tsv", "7\tWhat is A?\n");
        Path judgements = file("qrels.txt", "7 0 1 1\n");

        assertThatThrownBy(() -> Collection.read(List.of(folder.resolve("none")), queries, judgements))
                .isInstanceOf(BadCollectionException.class)
                .hasMessageEndingWith("none does not exist");
        assertThatThrownBy(() -> Collection.read(List.of(corpus), file("e.tsv", ""), judgements))
                .hasMessageEndingWith("e.tsv has no query");
        assertThatThrownBy(() -> Collection.read(List.of(corpus), queries, file("bad", "7 one 1 b\n")))
                .hasMessageEndingWith("bad: a line is no judgement: 7 one 1 b");
        assertThatThrownBy(() -> Collection.read(List.of(file("b.tsv", "h\nno tab")), queries, judgements))
                .hasMessageContaining("no tab");
    }

    @Test
    void theBestOrderIsWorthOneAndLaterPlacesLess() {
        Map<String, Integer> gains = Map.of("a", 2, "b", 1);

        assertThat(Ndcg.at10(List.of("a", "b", "x"), gains)).isEqualTo(1);
        double ideal = 2 + 1 / (Math.log(3) / Math.log(2));
        assertThat(Ndcg.at10(List.of("x", "a"), gains))
                .isCloseTo(2 / (Math.log(3) / Math.log(2)) / ideal, within(1e-9));
        assertThat(Ndcg.at10(List.of("0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "a"), gains))
                .isZero();
    }
}
