package ai.orchestrator.server.http.anthropic;

import ai.orchestrator.server.http.JsonObject;

/** What the model is told of a search that an earlier answer made; the excerpts stayed in that answer. */
final class SearchHistory {
    private SearchHistory() {}

    static String text(JsonObject block) {
        if (block.find("content").filter(content -> content.isArray()).isEmpty()) {
            return "web_search_tool_result_error: " + block.object("content").text("error_code");
        }
        StringBuilder text = new StringBuilder("Pages that a search found, by title and address, quoted:\n");
        for (JsonObject result : block.objects("content")) {
            text.append("- ")
                    .append(line(result.text("title")))
                    .append(": ")
                    .append(line(result.text("url")))
                    .append('\n');
        }
        return text.toString();
    }

    private static String line(String text) {
        return text.replaceAll("\\s+", " ").strip();
    }
}
