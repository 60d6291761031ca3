package ai.orchestrator.server.search.evaluate;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Documents, queries, and which documents people found right for which query.
 *
 * @param documents by id
 * @param queries by id
 * @param gains by query and document, 1 or more: what a document is worth to who asked
 */
public record Collection(
        Map<String, Judged> documents, Map<String, String> queries, Map<String, Map<String, Integer>> gains) {

    /** A document. */
    public record Judged(String title, String text) {}

    /**
     * Reads a collection.
     *
     * @param corpora tables of tab-separated {@code doc_id}, {@code title} and text with a first line that names them, packed with gzip or not;
     *     or files as Cranfield's, with {@code .I}, {@code .T} and {@code .W}
     * @param queries a table of id and text without a first line, or a file as Cranfield's, whose queries count from 1
     * @param judgements lines as TREC's: query, anything, document, gain; or Cranfield's: query, document, grade from 1, the best, to 4
     * @throws BadCollectionException if a file cannot be read, or nothing in it can be used
     */
    public static Collection read(List<Path> corpora, Path queries, Path judgements) throws BadCollectionException {
        Map<String, Judged> documents = new LinkedHashMap<>();
        for (Path corpus : corpora) {
            documents.putAll(CollectionFiles.documents(corpus));
        }
        return new Collection(documents, CollectionFiles.queries(queries), CollectionFiles.gains(judgements));
    }
}
