package ai.orchestrator.testkit.fakes;

import java.io.IOException;
import java.util.Map;
import java.util.StringJoiner;
import java.util.regex.Pattern;

/**
 * A stand-in for a Wikipedia's API: it refuses who does not say whom to contact, searches with and without texts, tells pages of a
 * generator out of order, and finds thirty pages for any words but {@link #UNKNOWN_WORD}. Started as a process it takes the port as its
 * argument.
 */
public final class FakeWikipedia extends FakeSearchApi {
    private static final int PAGES = 30;
    private static final int LONGEST_QUERY = 300;
    private static final Pattern WITH_CONTACT = Pattern.compile("[^ /]+/[^ ]+ \\([^)]*(?:@|https?://)[^)]+\\).*");

    /** @param port 0 for any that is free */
    public FakeWikipedia(int port) {
        super(port, "/w/api.php", FakeWikipedia::answer);
    }

    /** Runs until the process is ended. */
    public static void main(String[] arguments) {
        System.out.println("listening on " + new FakeWikipedia(Integer.parseInt(arguments[0])).url());
    }

    /** 200 with an error, as for everything that the API itself refuses. */
    public static Reply error(String code, String info) {
        return Reply.json(200, error(code + "\",\"info\":\"" + info), "MediaWiki-API-Error", code);
    }

    /** 200 with an error, because the databases lag. */
    public static Reply lagging() {
        return Reply.json(
                200,
                error("maxlag\",\"info\":\"Waiting for db1: 7.3 seconds lagged.\",\"lag\":7.3,\"type\":\"db"),
                "MediaWiki-API-Error",
                "maxlag",
                "Retry-After",
                "5");
    }

    /** 429 in plain text. */
    public static Reply tooMany(int retryAfterSeconds) {
        return Reply.whole(429, "text/plain", "Too many requests", "Retry-After", Integer.toString(retryAfterSeconds));
    }

    /** 403 in plain text, for a client that does not say who it is. */
    public static Reply unidentified() {
        return Reply.whole(403, "text/plain", "Please set a user-agent and respect our robot policy.");
    }

    private static String error(String members) {
        return "{\"error\":{\"code\":\"" + members + "\",\"docref\":\"See the API's help.\"},\"servedby\":\"mw1\"}";
    }

    private static void answer(RecordedCall call, ReplyWriter out) throws IOException {
        Map<String, String> parameters = call.parameters();
        if (!WITH_CONTACT.matcher(call.header("User-Agent").orElse("")).matches()) {
            unidentified().send(call, out);
        } else if (!"query".equals(parameters.get("action"))
                || !"json".equals(parameters.get("format"))
                || !"2".equals(parameters.get("formatversion"))) {
            error("badvalue", "Unrecognized value.").send(call, out);
        } else if ("search".equals(parameters.get("list"))) {
            search(call, out, "sr", FakeWikipedia::listed);
        } else if ("search".equals(parameters.get("generator"))) {
            search(call, out, "gsr", FakeWikipedia::generated);
        } else {
            error("badvalue", "Unrecognized value.").send(call, out);
        }
    }

    private interface Results {
        String of(int count);
    }

    private static void search(RecordedCall call, ReplyWriter out, String prefix, Results results) throws IOException {
        String query = call.parameters().getOrDefault(prefix + "search", "").strip();
        int limit = Integer.parseInt(call.parameters().getOrDefault(prefix + "limit", "10"));
        if (query.isEmpty()) {
            error("missingparam", "The parameter must be set.").send(call, out);
        } else if (query.length() > LONGEST_QUERY) {
            error("cirrussearch-query-too-long", "Search request is longer than allowed.")
                    .send(call, out);
        } else if (limit < 1 || limit > 50) {
            error("badinteger", "The value must be between 1 and 50.").send(call, out);
        } else {
            HttpFaults.send(call, out, 200, results.of(isKnown(query) ? Math.min(limit, PAGES) : 0));
        }
    }

    private static String listed(int count) {
        StringJoiner results = new StringJoiner(",");
        for (int page = 1; page <= count; page++) {
            results.add("""
                    {"ns":0,"title":"Page %1$d","pageid":%2$d,"size":8000,"wordcount":950,\
                    "snippet":"A <span class=\\"searchmatch\\">page</span> %1$d &amp; what it\\ntells",\
                    "timestamp":"2026-08-30T12:00:00Z"}""".formatted(page, 100 + page));
        }
        return "{\"batchcomplete\":true,\"continue\":{\"sroffset\":2,\"continue\":\"-||\"},"
                + "\"query\":{\"searchinfo\":{\"totalhits\":" + count + "},\"search\":[" + results + "]}}";
    }

    /** In the order of the pages' numbers in the database, which is not that of the search; without results there is no query. */
    private static String generated(int count) {
        if (count == 0) {
            return "{\"batchcomplete\":true}";
        }
        StringJoiner results = new StringJoiner(",");
        for (int index = count; index >= 1; index--) {
            results.add("""
                    {"pageid":%2$d,"ns":0,"title":"Page %1$d","index":%1$d,"extract":"Page %1$d is a page.\\nIt tells R&D.",\
                    "contentmodel":"wikitext","pagelanguage":"en","fullurl":"https://en.example.org/wiki/Page_%1$d",\
                    "editurl":"https://en.example.org/w/index.php?title=Page_%1$d&action=edit"}""".formatted(index, 200 - index));
        }
        return "{\"batchcomplete\":true,\"query\":{\"pages\":[" + results + "]}}";
    }
}
