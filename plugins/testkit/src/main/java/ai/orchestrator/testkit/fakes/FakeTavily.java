package ai.orchestrator.testkit.fakes;

import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A stand-in for Tavily's search: it checks the key and what is asked for as the real one does, and finds thirty pages for any words but
 * {@link #UNKNOWN_WORD}. A news search has dates. Started as a process it takes the port as its argument.
 */
public final class FakeTavily extends FakeSearchApi {
    /** The key that is taken. */
    public static final String KEY = "tvly-fake-key-0123456789";

    private static final int PAGES = 30;
    private static final Pattern QUERY = Pattern.compile("\"query\":\"((?:[^\"\\\\]|\\\\.)*)\"");
    private static final Pattern MAX_RESULTS = Pattern.compile("\"max_results\":(\\d{1,9})");
    private static final Pattern DEPTH = Pattern.compile("\"search_depth\":\"([^\"]*)\"");
    private static final Pattern TOPIC = Pattern.compile("\"topic\":\"([^\"]*)\"");
    private static final Pattern RANGE = Pattern.compile("\"time_range\":\"([^\"]*)\"");

    /** @param port 0 for any that is free */
    public FakeTavily(int port) {
        super(port, "/search", FakeTavily::answer);
    }

    /** Runs until the process is ended. */
    public static void main(String[] arguments) {
        System.out.println("listening on " + new FakeTavily(Integer.parseInt(arguments[0])).url());
    }

    /** A refusal in the usual form. */
    public static Reply error(int status, String message, String... headers) {
        return Reply.json(status, "{\"detail\":{\"error\":\"" + message + "\"}}", headers);
    }

    /** A refusal in the form that the framework below gives it. */
    public static Reply plainError(int status, String message) {
        return Reply.json(status, "{\"detail\":\"" + message + "\"}");
    }

    /** A refusal in the form of the access without a key. */
    public static Reply keylessError(int status, String code, int retryAfterSeconds) {
        return Reply.json(status, """
                {"error":{"code":"%s","message":"Keyless limit reached.","window":"minute","retry_after_seconds":%d,
                 "next_actions":["get a key"]}}""".formatted(code, retryAfterSeconds));
    }

    private static void answer(RecordedCall call, ReplyWriter out) throws IOException {
        Optional<Reply> refusal = refusal(call);
        if (refusal.isPresent()) {
            refusal.get().send(call, out);
        } else {
            HttpFaults.send(call, out, 200, found(call.body()));
        }
    }

    private static Optional<Reply> refusal(RecordedCall call) {
        if (!call.header("Authorization").orElse("").equals("Bearer " + KEY)) {
            return Optional.of(error(401, "Unauthorized: missing or invalid API key."));
        }
        if (!call.method().equals("POST")
                || !call.header("Content-Type").orElse("").startsWith("application/json")) {
            return Optional.of(plainError(405, "Method Not Allowed"));
        }
        String body = call.body();
        if (first(QUERY, body, "").isBlank()) {
            return Optional.of(error(400, "Query is missing."));
        }
        if (Integer.parseInt(first(MAX_RESULTS, body, "5")) > 20) {
            return Optional.of(error(400, "Max results must be between 0 and 20."));
        }
        boolean fine = first(DEPTH, body, "basic").matches("basic|advanced|fast|ultra-fast")
                && first(TOPIC, body, "general").matches("general|news|finance")
                && first(RANGE, body, "day").matches("day|week|month|year")
                && (!body.contains("\"country\":")
                        || first(TOPIC, body, "general").equals("general"));
        return fine ? Optional.empty() : Optional.of(error(400, "Invalid parameter."));
    }

    private static String found(String body) {
        String query = first(QUERY, body, "");
        int most = Math.min(PAGES, Integer.parseInt(first(MAX_RESULTS, body, "5")));
        boolean news = first(TOPIC, body, "general").equals("news");
        StringJoiner results = new StringJoiner(",");
        for (int page = 1; isKnown(unescaped(query)) && page <= most; page++) {
            results.add(result(page, news));
        }
        String usage = body.contains("\"include_usage\":true")
                ? ",\"usage\":{\"credits\":" + (body.contains("\"advanced\"") ? 2 : 1) + "}"
                : "";
        return "{\"query\":\"" + query + "\",\"follow_up_questions\":null,\"answer\":null,\"images\":[],\"results\":["
                + results + "],\"response_time\":\"0.91\",\"request_id\":\"3f0c\"" + usage + "}";
    }

    private static String result(int page, boolean news) {
        return String.format(
                Locale.ROOT,
                """
                {"title":"Page %1$d &amp; more","url":"https://pages.example.org/%1$d?a=b",\
                "content":"What page %1$d\\ntells <b>in</b> short.","score":%2$.4f,"raw_content":null%3$s}""",
                page,
                0.95 / page,
                news ? ",\"published_date\":\"Wed, 02 Sep 2026 10:00:00 GMT\"" : "");
    }

    /** The text without the escapes that are letters, which would count as words. */
    private static String unescaped(String text) {
        return text.replaceAll("\\\\(?:u[0-9a-fA-F]{4}|.)", " ");
    }

    private static String first(Pattern pattern, String text, String fallback) {
        Matcher matcher = pattern.matcher(text);
        return matcher.find() ? matcher.group(1) : fallback;
    }
}
