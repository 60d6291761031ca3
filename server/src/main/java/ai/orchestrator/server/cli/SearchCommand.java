package ai.orchestrator.server.cli;

import ai.orchestrator.server.cli.OrchestratorCommand.OpenSearch;
import ai.orchestrator.server.cli.OrchestratorCommand.SearchOpener;
import ai.orchestrator.server.config.ListenAddress;
import ai.orchestrator.server.config.OrchestratorConfig;
import ai.orchestrator.server.search.evaluate.BadCollectionException;
import ai.orchestrator.server.search.evaluate.Collection;
import ai.orchestrator.server.search.evaluate.SearchTrial;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(name = "search", description = "Measure how well search ranks.")
final class SearchCommand {
    private static final String FILE = "FILE";
    private static final int TOLD_EACH = 500;
    private static final double NANOS_PER_MILLI = 1e6;

    private final Surroundings surroundings;
    private final SearchOpener opener;
    private int nextTold;

    SearchCommand(Surroundings surroundings, SearchOpener opener) {
        this.surroundings = surroundings;
        this.opener = opener;
    }

    @Command(
            name = "evaluate",
            description =
                    "Search a collection that people have judged, with the engine 'local' over a folder of its own.",
            footer = {
                "",
                "The files are as SciFact's in BEIR (tables with tabs; the corpus's first line names its columns; packed with gzip or not) or as",
                "Cranfield's (.I, .T, .W). ndcg10 is by the engine alone, ndcg10_reranked after its best results were compared with the query."
            })
    int evaluate(
            @Option(
                            names = "--corpus",
                            required = true,
                            paramLabel = FILE,
                            description = "Documents; may be given several times.")
                    List<Path> corpora,
            @Option(names = "--queries", required = true, paramLabel = FILE, description = "Queries.") Path queries,
            @Option(
                            names = "--qrels",
                            required = true,
                            paramLabel = FILE,
                            description = "Which document is right for which query.")
                    Path judgements)
            throws Exception {
        Collection collection;
        try {
            collection = Collection.read(corpora, queries, judgements);
        } catch (BadCollectionException e) {
            return surroundings.terminal().failed(String.valueOf(e.getMessage()));
        }
        OrchestratorConfig config = surroundings.config(ListenAddress.NONE);
        Path folder = Files.createTempDirectory("search-evaluate-");
        try {
            SearchTrial trial = new SearchTrial(collection);
            trial.write(folder.resolve("documents"));
            try (OpenSearch open = opener.open(config, surroundings.home(), folder)) {
                return done(trial.run(open.engine(), open.embedder(), open.documentEmbedder(), this::tell));
            }
        } catch (BadCollectionException e) {
            return surroundings.terminal().failed(String.valueOf(e.getMessage()));
        } finally {
            remove(folder);
        }
    }

    private void tell(int done, int all) {
        if (done >= nextTold) {
            surroundings.terminal().note(done + " of " + all + " documents have their vectors");
            nextTold += TOLD_EACH;
        }
    }

    private int done(SearchTrial.Report report) {
        double p95 = report.p95().toNanos() / NANOS_PER_MILLI;
        ObjectNode json = Terminal.object()
                .put("documents", report.documents())
                .put("queries", report.queries())
                .put("ndcg10", report.ndcg10())
                .put("ndcg10_reranked", report.ndcg10Reranked())
                .put("p95_ms", p95);
        return surroundings
                .terminal()
                .done(
                        String.format(
                                Locale.ROOT,
                                "%d documents, %d queries: nDCG@10 %.4f, reranked %.4f; fusing and reranking p95 %.1f ms",
                                report.documents(),
                                report.queries(),
                                report.ndcg10(),
                                report.ndcg10Reranked(),
                                p95),
                        json);
    }

    private static void remove(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder()).forEach(file -> {
                try {
                    Files.delete(file);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }
}
