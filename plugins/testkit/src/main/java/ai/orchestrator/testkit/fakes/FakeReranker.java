package ai.orchestrator.testkit.fakes;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.StringJoiner;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A stand-in for a server that reranks: a text scores by the words that it shares with the query, and the best comes first, as from the real ones. */
public final class FakeReranker extends FakeSearchApi {
    /** The key that is taken. */
    public static final String KEY = "sk-rerank-0123456789";

    private static final Pattern QUERY = Pattern.compile("\"query\":\"((?:[^\"\\\\]|\\\\.)*+)\"");
    private static final Pattern DOCUMENTS = Pattern.compile("\"documents\":\\[((?:\"(?:[^\"\\\\]|\\\\.)*+\",?)*+)\\]");
    private static final Pattern TEXT = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*+)\"");

    /** @param port 0 for any that is free */
    public FakeReranker(int port) {
        super(port, "/v1/rerank", FakeReranker::answer);
    }

    /** Runs until the process is ended. */
    public static void main(String[] arguments) {
        System.out.println("listening on " + new FakeReranker(Integer.parseInt(arguments[0])).url());
    }

    private static void answer(RecordedCall call, ReplyWriter out) throws IOException {
        if (!call.header("Authorization").orElse("").equals("Bearer " + KEY)) {
            Reply.json(401, "{\"error\":{\"message\":\"Invalid API key\",\"code\":401}}")
                    .send(call, out);
            return;
        }
        HttpFaults.send(call, out, 200, ranked(call.body()));
    }

    private static String ranked(String body) {
        Matcher query = QUERY.matcher(body);
        Set<String> wanted = words(query.find() ? query.group(1) : "");
        Matcher documents = DOCUMENTS.matcher(body);
        Matcher text = TEXT.matcher(documents.find() ? documents.group(1) : "");
        List<double[]> scores = new ArrayList<>();
        while (text.find()) {
            Set<String> shared = words(text.group(1));
            shared.retainAll(wanted);
            scores.add(new double[] {scores.size(), 0.01 + 0.9 * shared.size() / Math.max(1, wanted.size())});
        }
        scores.sort(Comparator.comparingDouble((double[] each) -> each[1]).reversed());
        StringJoiner results = new StringJoiner(",");
        scores.forEach(each -> results.add(
                String.format(Locale.ROOT, "{\"index\":%d,\"relevance_score\":%.4f}", (int) each[0], each[1])));
        return "{\"id\":\"gen-rerank-1\",\"model\":\"ranker\",\"results\":[" + results
                + "],\"usage\":{\"search_units\":1,\"total_tokens\":100,\"cost\":0.0025}}";
    }

    private static Set<String> words(String text) {
        return new TreeSet<>(Arrays.asList(text.toLowerCase(Locale.ROOT).split("[^\\p{L}\\p{N}]+")));
    }
}
