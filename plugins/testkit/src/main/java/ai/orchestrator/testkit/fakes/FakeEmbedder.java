package ai.orchestrator.testkit.fakes;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.StringJoiner;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An embedder for which a text is the words it has, however they are escaped in the request. */
final class FakeEmbedder {
    private static final int CONTEXT = 64;
    private static final int LENGTH = 32;
    private static final Pattern INPUT = Pattern.compile("\"input\":\\[((?:\"(?:[^\"\\\\]|\\\\.)*+\",?)*+)\\]");
    private static final Pattern TEXT = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*+)\"");

    private final List<String[]> texts = new ArrayList<>();

    FakeEmbedder(String request) {
        Matcher input = INPUT.matcher(request);
        Matcher text = TEXT.matcher(input.find() ? input.group(1) : "");
        while (text.find()) {
            texts.add(text.group(1).strip().split("\\s+"));
        }
    }

    boolean fits() {
        return texts.stream().allMatch(words -> words.length <= CONTEXT);
    }

    /** Vectors, the last text's first; or the error if a text is too long. */
    String reply() {
        if (!fits()) {
            return """
                    {"error":{"message":"This model's maximum context length is 64 tokens.","type":"BadRequestError","param":null,"code":400}}""";
        }
        StringJoiner data = new StringJoiner(",");
        int tokens = 0;
        for (int i = texts.size() - 1; i >= 0; i--) {
            tokens += texts.get(i).length;
            data.add("{\"object\":\"embedding\",\"index\":" + i + ",\"embedding\":" + vector(texts.get(i)) + "}");
        }
        return "{\"object\":\"list\",\"data\":[" + data + "],\"usage\":{\"prompt_tokens\":" + tokens + "}}";
    }

    /** The same as Ollama tells it: vectors in order, of texts that are cut where they are too long. */
    String ollamaReply(String model) {
        StringJoiner vectors = new StringJoiner(",");
        int tokens = 0;
        for (String[] words : texts) {
            String[] cut = Arrays.copyOf(words, Math.min(words.length, CONTEXT));
            tokens += cut.length;
            vectors.add(vector(cut));
        }
        return "{\"model\":\"" + model + "\",\"embeddings\":[" + vectors
                + "],\"total_duration\":14143917,\"load_duration\":1019500,\"prompt_eval_count\":" + tokens + "}";
    }

    private static String vector(String[] words) {
        double[] numbers = new double[LENGTH];
        numbers[0] = 0.5;
        for (String word : words) {
            numbers[Math.floorMod(word.hashCode(), LENGTH)] += 1.0 / words.length;
        }
        StringJoiner vector = new StringJoiner(",", "[", "]");
        for (double number : numbers) {
            vector.add(Double.toString(number));
        }
        return vector.toString();
    }
}
