package ai.orchestrator.server.http.admin;

import ai.orchestrator.server.http.JsonText;
import ai.orchestrator.server.orchestration.CostFigures;
import ai.orchestrator.server.orchestration.CostReports.By;
import ai.orchestrator.server.orchestration.CostReports.Line;
import ai.orchestrator.server.orchestration.CostReports.Query;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Writes the bill. Money is written out, never as {@code 1E-7}. */
final class CostsText {
    private CostsText() {}

    static byte[] json(Query query, List<Line> lines) {
        return JsonText.of(json -> {
            json.writeStartObject();
            json.writeStringField("from", query.from().toString());
            json.writeStringField("to", query.to().toString());
            json.writeArrayFieldStart("by");
            for (By by : query.by()) {
                json.writeString(name(by));
            }
            json.writeEndArray();
            json.writeArrayFieldStart("lines");
            for (Line line : lines) {
                json.writeStartObject();
                for (By by : query.by()) {
                    json.writeStringField(name(by), line.group().getOrDefault(by, ""));
                }
                write(json, line.figures());
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeObjectFieldStart("totals");
            write(json, total(lines));
            json.writeEndObject();
            json.writeEndObject();
        });
    }

    /** As RFC 4180 has it; the last line is the total. */
    static byte[] csv(Query query, List<Line> lines) {
        StringBuilder text = new StringBuilder();
        query.by().forEach(by -> text.append(name(by)).append(','));
        text.append(String.join(",", figures(CostFigures.NONE).keySet())).append("\r\n");
        for (Line line : lines) {
            query.by().forEach(by -> text.append(cell(line.group().getOrDefault(by, "")))
                    .append(','));
            text.append(String.join(",", figures(line.figures()).values())).append("\r\n");
        }
        text.append("total").repeat(',', query.by().size());
        text.append(String.join(",", figures(total(lines)).values())).append("\r\n");
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static void write(JsonGenerator json, CostFigures figures) throws IOException {
        for (Map.Entry<String, String> figure : figures(figures).entrySet()) {
            json.writeFieldName(figure.getKey());
            json.writeNumber(figure.getValue());
        }
    }

    private static Map<String, String> figures(CostFigures figures) {
        Map<String, String> named = new LinkedHashMap<>();
        named.put("calls", Long.toString(figures.calls()));
        named.put("hits", Long.toString(figures.hits()));
        named.put("shared", Long.toString(figures.shared()));
        named.put("prompt_tokens", Long.toString(figures.promptTokens()));
        named.put("completion_tokens", Long.toString(figures.completionTokens()));
        named.put("spent_usd", money(figures.spent()));
        named.put("assumed_usd", money(figures.assumed()));
        named.put("saved_usd", money(figures.saved()));
        named.put("estimated_calls", Long.toString(figures.estimated()));
        named.put("unknown_cost_calls", Long.toString(figures.unknown()));
        return named;
    }

    private static String money(BigDecimal amount) {
        return amount.stripTrailingZeros().toPlainString();
    }

    private static CostFigures total(List<Line> lines) {
        return lines.stream().map(Line::figures).reduce(CostFigures.NONE, CostFigures::plus);
    }

    private static String name(By by) {
        return by.name().toLowerCase(Locale.ROOT);
    }

    /** A text that a spreadsheet would take for a formula gets an apostrophe before it. */
    private static String cell(String text) {
        String safe = !text.isEmpty() && "=+-@\t\r".indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
        boolean plain = safe.chars().noneMatch(c -> c == '"' || c == ',' || c == '\n' || c == '\r');
        return plain ? safe : '"' + safe.replace("\"", "\"\"") + '"';
    }
}
