package ai.orchestrator.testkit.fakes;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The answer of a model behind {@link FakeOllama}, which calls a tool if it has one and was not told the tool's result. */
final class FakeOllamaAnswer {
    private static final Pattern LIMIT = Pattern.compile("\"num_predict\":(-?\\d{1,9})");
    private static final Pattern STOP = Pattern.compile("\"stop\":\\[\"([^\"\\\\]+)\"");
    private static final Pattern TOOL = Pattern.compile("\"function\":\\{\"name\":\"([^\"\\\\]+)\"");
    private static final String OPENING =
            "The fake model has read this and answers with one two three four five six seven eight"
                    + " nine ten eleven twelve thirteen fourteen fifteen words. ";
    private static final String CALL = """
            {"function":{"index":0,"name":"TOOL","arguments":{"city":"Oslo","days":2}}}""";

    private final String request;
    private final String head;
    private final boolean chat;
    private final List<String> words = new ArrayList<>();
    private String reason = "stop";

    FakeOllamaAnswer(String request, String model, boolean chat) {
        this.request = request;
        this.chat = chat;
        head = "{\"model\":\"" + model + "\",\"created_at\":\"2026-08-21T18:48:22.419386Z\",";
        if (calls()) {
            return;
        }
        String text = request.contains("\"format\":") ? "{\\\"red\\\": true}" : OPENING;
        String stop = first(STOP, "");
        if (!stop.isEmpty() && text.contains(stop)) {
            text = text.substring(0, text.indexOf(stop));
        }
        words.addAll(List.of(text.split("(?<= )")));
        words.removeIf(String::isEmpty);
        int limit = Integer.parseInt(first(LIMIT, "-1"));
        if (limit >= 0 && words.size() > limit) {
            words.subList(limit, words.size()).clear();
            reason = "length";
        }
    }

    /** Whether the request has no prompt. */
    boolean loads() {
        return !request.contains("\"messages\":") && !request.contains("\"prompt\":");
    }

    String loaded() {
        boolean gone = request.contains("\"keep_alive\":0");
        return head + piece("", "") + ",\"done\":true,\"done_reason\":\"" + (gone ? "unload" : "load") + "\"}";
    }

    List<String> lines() {
        List<String> lines = new ArrayList<>();
        if (calls()) {
            String call = CALL.replace("TOOL", first(TOOL, "tool"));
            lines.add(head + piece("", ",\"tool_calls\":[" + call + "]") + ",\"done\":false}");
        }
        for (String word : words) {
            String logprobs = request.contains("\"logprobs\":true")
                    ? ",\"logprobs\":[{\"token\":\"" + word + "\",\"logprob\":-0.25,\"top_logprobs\":[{\"token\":\""
                            + word + "\",\"logprob\":-0.25}]}]"
                    : "";
            lines.add(head + piece(word, "") + logprobs + ",\"done\":false}");
        }
        int written = calls() ? 8 : words.size();
        lines.add(head + piece("", "") + ",\"done\":true,\"done_reason\":\"" + reason
                + "\",\"total_duration\":174560334,\"load_duration\":101397084,\"prompt_eval_count\":"
                + (1 + request.length() / 4)
                + ",\"prompt_eval_cached_count\":0,\"prompt_eval_duration\":13074791,\"eval_count\":" + written
                + ",\"eval_duration\":52479709}");
        return lines;
    }

    private boolean calls() {
        return request.contains("\"tools\":[") && !request.contains("\"role\":\"tool\"");
    }

    private String piece(String text, String more) {
        return chat
                ? "\"message\":{\"role\":\"assistant\",\"content\":\"" + text + "\"" + more + "}"
                : "\"response\":\"" + text + "\"";
    }

    private String first(Pattern pattern, String fallback) {
        Matcher matcher = pattern.matcher(request);
        return matcher.find() ? matcher.group(1) : fallback;
    }
}
