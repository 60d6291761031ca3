package ai.orchestrator.testkit.fakes;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The answer of a model that knows nothing and always says the same to the same request. Reads from the request's text what it needs: a
 * quotation mark within a JSON string is escaped, so a member's name cannot be found inside one.
 */
final class FakeChat {
    private static final Pattern LIMIT = Pattern.compile("\"max(?:_completion)?_tokens\":(\\d{1,9})");
    private static final Pattern STOP = Pattern.compile("\"stop\":\\[\"([^\"\\\\]+)\"");
    private static final Pattern MODEL = Pattern.compile("\"model\":\"([^\"\\\\]+)\"");
    private static final Pattern TOOL = Pattern.compile("\"function\":\\{\"name\":\"([^\"\\\\]+)\"");
    private static final Pattern MUST_CALL = Pattern.compile("\"tool_choice\":(?:\"required\"|\\{)");
    private static final String OPENING =
            "The fake model has read this and answers with one two three four five six seven eight"
                    + " nine ten eleven twelve thirteen fourteen fifteen words. You wrote: ";
    private static final String FIRST_FRAGMENT = """
            "tool_calls":[{"index":0,"id":"call_1","type":"function","function":{"name":"TOOL","arguments":"{\\"city\\":"}}]""";
    private static final String LAST_FRAGMENT = """
            "tool_calls":[{"index":0,"id":null,"function":{"name":null,"arguments":"\\"Oslo\\"}"}}]""";
    private static final String WHOLE_CALL = """
            {"id":"call_1","type":"function","function":{"name":"TOOL","arguments":"{\\"city\\":\\"Oslo\\"}"}}""";
    private static final String LOGPROBS = """
            {"content":[{"token":"TOKEN","logprob":-0.25,"bytes":null,"top_logprobs":[{"token":"TOKEN","logprob":-0.25,"bytes":null}]}]}""";
    private static final BigDecimal PROMPT_PRICE = new BigDecimal("0.000001");
    private static final BigDecimal COMPLETION_PRICE = new BigDecimal("0.000003");

    private final String request;
    private final String id;
    private final String model;
    private final boolean calls;
    private final List<String> words = new ArrayList<>();
    private String reason = "stop";

    /** @param id what the service calls the answer */
    FakeChat(String request, String id) {
        this.request = request;
        this.id = id;
        model = first(MODEL, "openrouter/auto");
        calls = MUST_CALL.matcher(request).find();
        if (calls) {
            reason = "tool_calls";
            return;
        }
        String text = request.contains("\"response_format\":{") ? "{\\\"red\\\": true}" : OPENING + lastText();
        String stop = first(STOP, "");
        if (!stop.isEmpty() && text.contains(stop)) {
            text = text.substring(0, text.indexOf(stop));
        }
        words.addAll(List.of(text.split("(?<= )")));
        words.removeIf(String::isEmpty);
        int limit = Integer.parseInt(first(LIMIT, "1000000"));
        if (words.size() > limit) {
            words.subList(limit, words.size()).clear();
            reason = "length";
        }
    }

    boolean streamed() {
        return request.contains("\"stream\":true");
    }

    List<String> frames() {
        List<String> frames = new ArrayList<>();
        if (calls) {
            frames.add(delta(FIRST_FRAGMENT.replace("TOOL", first(TOOL, "tool"))));
            frames.add(delta(LAST_FRAGMENT));
        }
        words.forEach(word -> frames.add(word(word)));
        frames.add(chunk("{\"index\":0,\"delta\":{\"content\":\"\"},\"finish_reason\":\"" + reason + "\"}", ""));
        frames.add(chunk("", ",\"usage\":" + usage()));
        return frames;
    }

    String whole() {
        String content = calls
                ? "\"content\":null,\"tool_calls\":[" + WHOLE_CALL.replace("TOOL", first(TOOL, "tool")) + "]"
                : "\"content\":\"" + String.join("", words) + "\"";
        String choice = "{\"index\":0,\"finish_reason\":\"" + reason + "\",\"message\":{\"role\":\"assistant\","
                + content + "}}";
        return object("chat.completion", choice, ",\"usage\":" + usage());
    }

    private String word(String word) {
        String delta = "\"delta\":{\"role\":\"assistant\",\"content\":\"" + word + "\"}";
        String logprobs = request.contains("\"logprobs\":true") ? LOGPROBS.replace("TOKEN", word) : "null";
        return chunk("{\"index\":0," + delta + ",\"logprobs\":" + logprobs + ",\"finish_reason\":null}", "");
    }

    private String delta(String members) {
        return chunk("{\"index\":0,\"delta\":{" + members + "},\"finish_reason\":null}", "");
    }

    private String chunk(String choice, String more) {
        return object("chat.completion.chunk", choice, more);
    }

    private String object(String kind, String choice, String more) {
        return String.format("""
                {"id":"%s","object":"%s","created":1790000000,"model":"%s","provider":"ExampleHost","choices":[%s]%s}""", id, kind, model, choice, more);
    }

    /** Tokens of the request. */
    int read() {
        return 1 + request.length() / 4;
    }

    /** Tokens of the whole answer. */
    int written() {
        return calls ? 8 : words.size();
    }

    /** What it costs to read the request and to write so many tokens. */
    BigDecimal cost(int written) {
        return PROMPT_PRICE
                .multiply(BigDecimal.valueOf(read()))
                .add(COMPLETION_PRICE.multiply(BigDecimal.valueOf(written)));
    }

    private String usage() {
        int read = read();
        int written = written();
        BigDecimal cost = cost(written);
        return String.format("""
                {"prompt_tokens":%d,"completion_tokens":%d,"total_tokens":%d,"cost":%s,"is_byok":false,\
                "prompt_tokens_details":{"cached_tokens":0}}""", read, written, read + written, cost.toPlainString());
    }

    private String first(Pattern pattern, String fallback) {
        Matcher matcher = pattern.matcher(request);
        return matcher.find() ? matcher.group(1) : fallback;
    }

    /** The last text of the conversation, escaped as it came. */
    private String lastText() {
        int start = Math.max(after("\"content\":\""), after("\"text\":\""));
        if (start < 0) {
            return "";
        }
        int end = start;
        while (end < request.length() && request.charAt(end) != '"') {
            end += request.charAt(end) == '\\' ? 2 : 1;
        }
        return request.substring(start, Math.min(end, request.length()));
    }

    private int after(String mark) {
        int found = request.lastIndexOf(mark);
        return found < 0 ? -1 : found + mark.length();
    }
}
