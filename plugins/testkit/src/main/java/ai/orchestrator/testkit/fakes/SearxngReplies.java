package ai.orchestrator.testkit.fakes;

import java.util.Locale;
import java.util.StringJoiner;

/** Bodies in the forms that SearXNG gives them. */
final class SearxngReplies {
    static final String FORBIDDEN_PAGE = "<!doctype html>\n<html><title>403 Forbidden</title><h1>Forbidden</h1></html>";
    static final String RESULTS_PAGE =
            "<!DOCTYPE html>\n<html><head><title>SearXNG</title></head><body><main id=\"results\"></main></body></html>";
    static final String TOO_MANY = "Too Many Requests";

    static final String ENGINES_BLOCKED = """
            {"query":"x","results":[],"answers":[],"corrections":[],"infoboxes":[],"suggestions":[],
             "unresponsive_engines":[["google","CAPTCHA"],["brave","Suspended: <b>too many requests</b>"],["startpage",null]]}
            """;

    static final String ODD_FIELDS = """
            {"query":"x","number_of_results":null,"surprise":{"deep":[1,2,{"er":true}]},
             "results":[
              {"url":"https://docs.example.org/first","title":"First","content":null,"publishedDate":null,"score":"3.5","new":[]},
              {"url":"javascript:alert(1)","title":"A script","content":"","score":3},
              {"url":"/relative","title":"Relative","content":""},
              {"url":"https://","title":"No host","content":""},
              {"url":null,"title":"No address","content":"x"},
              {"title":"No address at all"},
              "not an object", null, 7,
              {"url":"https://docs.example.org/second","title":"","content":7,"publishedDate":"yesterday","score":null},
              {"url":"https://docs.example.org/third","title":"Third","content":"<p>Fish &amp; <b>chips</b></p><script>evil()</script>",
               "publishedDate":"2026-03-04 05:06:07.250","score":1.25},
              {"url":"https://docs.example.org/fourth","title":"Fourth\\u0000\\u001b","content":"a\\n\\tb","publishedDate":"2026-03-04",
               "score":1.0},
              {"url":"https://docs.example.org/fifth|a b?c={d}","title":"Fifth","content":"%s","publishedDate":"2026-03-04T05:06:07+02:00",
               "score":0.5}],
             "answers":null,"unresponsive_engines":[["google","timeout"]]}
            """.formatted("long ".repeat(2_000));

    private static final int PAGES = 20;

    private SearxngReplies() {}

    static String found(String text) {
        return reply(text, "");
    }

    static String foundByAnOldInstance(String text) {
        return reply(text, "\"number_of_results\":0,");
    }

    private static String reply(String text, String extra) {
        boolean known = text.codePoints().anyMatch(Character::isLetterOrDigit)
                && !text.toLowerCase(Locale.ROOT).contains(FakeSearxng.UNKNOWN_WORD);
        StringJoiner results = new StringJoiner(",");
        for (int i = 1; known && i <= PAGES; i++) {
            results.add(result(i));
        }
        return "{\"query\":" + quote(text) + "," + extra + "\"results\":[" + results
                + "],\"answers\":[],\"corrections\":[],\"infoboxes\":[],\"suggestions\":[\"another\"],\"unresponsive_engines\":[]}";
    }

    /** Every third page is dated, and the second best comes first, as in SearXNG's grouping by category. */
    private static String result(int place) {
        int page = place == 1 ? 2 : place == 2 ? 1 : place;
        String date = page % 3 == 0 ? "\"2026-0" + (1 + page % 9) + "-15T08:30:00\"" : "null";
        return """
                {"url":"https://pages.example.org/%1$d?a=b&c=%%20d","title":"Page <b>%1$d</b> &amp; more","content":"What\\u00a0page %1$d\\ntells &quot;in short&quot;.",\
                "engine":"duckduckgo","engines":["duckduckgo","brave"],"positions":[%1$d],"score":%2$s,"category":"general",\
                "template":"default.html","parsed_url":["https","pages.example.org","/%1$d","","",""],"publishedDate":%3$s,\
                "thumbnail":"","img_src":"","priority":""}""".formatted(page, 40.0 / page, date);
    }

    static String quote(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        text.chars().forEach(c -> {
            if (c < ' ' || c == '"' || c == '\\' || Character.isSurrogate((char) c)) {
                quoted.append(String.format(Locale.ROOT, "\\u%04x", c));
            } else {
                quoted.append((char) c);
            }
        });
        return quoted.append('"').toString();
    }
}
