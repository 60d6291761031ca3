package ai.orchestrator.testkit.fakes;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.regex.Pattern;

/**
 * A stand-in for Brave's web search API: it checks the key and every parameter as the real one does, finds thirty pages for any words but
 * {@link #UNKNOWN_WORD}, and packs its answers by gzip for whoever takes that. Started as a process it takes the port as its argument.
 */
public final class FakeBrave extends FakeSearchApi {
    /** The key that is taken. */
    public static final String KEY = "BSA-fake-key-0123456789";

    private static final int PAGES = 30;
    private static final int LONGEST_QUERY = 400;
    private static final int MOST_WORDS = 50;
    private static final Map<String, Pattern> PARAMETERS = Map.of(
            "count", Pattern.compile("[1-9]|1\\d|20"),
            "offset", Pattern.compile("\\d"),
            "country", Pattern.compile("ALL|AU|AT|BR|CA|CH|DE|ES|FR|GB|IT|JP|US"),
            "search_lang", Pattern.compile("de|en|en-gb|es|fr|it|jp|nb|pt-br|pt-pt|zh-hans|zh-hant"),
            "ui_lang", Pattern.compile("[a-z]{2}-[A-Z]{2}"),
            "safesearch", Pattern.compile("off|moderate|strict"),
            "freshness", Pattern.compile("p[dwmy]|\\d{4}-\\d\\d-\\d\\dto\\d{4}-\\d\\d-\\d\\d"));

    private static final String[] RATE_HEADERS = rateHeaders("0, 14210");

    /** @param port 0 for any that is free */
    public FakeBrave(int port) {
        super(port, "/res/v1/web/search", FakeBrave::answer);
    }

    /** Runs until the process is ended. */
    public static void main(String[] arguments) {
        System.out.println("listening on " + new FakeBrave(Integer.parseInt(arguments[0])).url());
    }

    /** 422 for a key that is not known. */
    public static Reply badKey() {
        return error(
                422, "SUBSCRIPTION_TOKEN_INVALID", "The provided subscription token is invalid.", "authentication");
    }

    /** 422 for a bad parameter. */
    public static Reply validation(String where, String parameter) {
        return Reply.json(422, """
                {"type":"ErrorResponse","time":1790000000,"error":{"id":"e1","status":422,"code":"VALIDATION",
                 "detail":"Unable to validate request parameter(s)","meta":{"component":"search","errors":[
                  {"type":"enum","loc":["%s","%s"],"msg":"Input should be another","input":"x"}]}}}""".formatted(where, parameter));
    }

    /** 404 for a plan without web search. */
    public static Reply notInPlan() {
        return error(404, "SUBSCRIPTION_NOT_FOUND", "No subscription found.", "subscriptions");
    }

    /** 429 because of the calls of this second. */
    public static Reply rateLimited() {
        return error(
                429, "RATE_LIMITED", "Request rate limit exceeded for plan.", "rate_limiter", rateHeaders("0, 14210"));
    }

    /** 429 because the month is used up. */
    public static Reply quotaUsedUp() {
        return error(
                429, "QUOTA_LIMITED", "Request quota limit exceeded for plan.", "rate_limiter", rateHeaders("1, 0"));
    }

    /** An error in the form of the reference pages, with a list. */
    public static Reply listed(int status, String code, String... headers) {
        return Reply.json(
                status,
                "{\"type\":\"ErrorResponse\",\"errors\":[{\"id\":\"e1\",\"code\":\"" + code
                        + "\",\"detail\":\"No.\",\"status\":" + status + ",\"meta\":{}}],\"time\":1663072993}",
                headers);
    }

    /** @param remaining calls of this second and of this month */
    public static String[] rateHeaders(String remaining) {
        return new String[] {
            "X-RateLimit-Limit", "1, 15000",
            "X-RateLimit-Policy", "1;w=1, 15000;w=2592000",
            "X-RateLimit-Remaining", remaining,
            "X-RateLimit-Reset", "1, 1212000"
        };
    }

    private static Reply error(int status, String code, String detail, String component, String... headers) {
        return Reply.json(status, """
                {"type":"ErrorResponse","time":1790000000,"error":{"id":"e1","status":%d,"code":"%s","detail":"%s",
                 "meta":{"component":"%s"}}}""".formatted(status, code, detail, component), headers);
    }

    private static void answer(RecordedCall call, ReplyWriter out) throws IOException {
        Optional<Reply> refusal = refusal(call);
        if (refusal.isPresent()) {
            refusal.get().send(call, out);
        } else {
            HttpFaults.send(call, out, 200, found(call.parameters()), RATE_HEADERS);
        }
    }

    private static Optional<Reply> refusal(RecordedCall call) {
        Optional<String> key = call.header("X-Subscription-Token");
        if (key.isEmpty()) {
            return Optional.of(validation("header", "x-subscription-token"));
        }
        if (!key.get().equals(KEY)) {
            return Optional.of(badKey());
        }
        Map<String, String> parameters = call.parameters();
        String query = parameters.getOrDefault("q", "").strip();
        if (query.isEmpty() || query.length() > LONGEST_QUERY || query.split("\\s+").length > MOST_WORDS) {
            return Optional.of(validation("query", "q"));
        }
        return PARAMETERS.entrySet().stream()
                .filter(checked -> parameters.containsKey(checked.getKey()))
                .filter(checked -> !checked.getValue()
                        .matcher(parameters.get(checked.getKey()))
                        .matches())
                .findFirst()
                .map(bad -> validation("query", bad.getKey()));
    }

    private static String found(Map<String, String> parameters) {
        String query = parameters.getOrDefault("q", "");
        String head = "{\"type\":\"search\",\"query\":{\"original\":" + SearxngReplies.quote(query)
                + ",\"more_results_available\":" + isKnown(query) + "}";
        if (!isKnown(query)) {
            return head + "}";
        }
        boolean decorated = !"false".equals(parameters.get("text_decorations"));
        boolean extra = "true".equals(parameters.get("extra_snippets"));
        int count = Math.min(PAGES, Integer.parseInt(parameters.getOrDefault("count", "20")));
        StringJoiner results = new StringJoiner(",", head + ",\"web\":{\"type\":\"search\",\"results\":[", "]}}");
        for (int page = 1; page <= count; page++) {
            results.add(result(page, decorated, extra));
        }
        return results.toString();
    }

    /** Every third page is dated, every fifth by its {@code age} alone. */
    private static String result(int page, boolean decorated, boolean extra) {
        String pageAge = page % 3 == 0 ? ",\"page_age\":\"2026-09-02T10:00:00\"" : "";
        String age = page % 3 == 0 || page % 5 == 0 ? ",\"age\":\"September 2, 2026\"" : "";
        String more =
                extra ? ",\"extra_snippets\":[\"More of page %d.\",\"And &quot;more&quot;.\"]".formatted(page) : "";
        return """
                {"type":"search_result","title":"Page %1$d &amp; more","url":"https://pages.example.org/%1$d?a=b",\
                "description":"What %2$s %1$d<br/>tells &quot;in short&quot;.","language":"en","family_friendly":true,\
                "meta_url":{"scheme":"https","netloc":"pages.example.org","hostname":"pages.example.org","path":"› %1$d"},\
                "profile":{"name":"Example"}%3$s%4$s%5$s}""".formatted(page, decorated ? "<strong>page</strong>" : "page", pageAge, age, more);
    }
}
