package ai.orchestrator.server.template.language;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Renders templates with a little of everything. */
final class Render {
    static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-23T12:00:00Z"), ZoneOffset.UTC);

    private Render() {}

    static String of(String template) {
        return GoTemplate.parse(template).render(data(), CLOCK);
    }

    private static Map<String, Value> data() {
        Map<String, Value> data = new LinkedHashMap<>();
        data.put("Name", Value.of("Ann"));
        data.put("Empty", Value.of(""));
        data.put("Umlaut", Value.of("Grüße"));
        data.put("Count", Value.of(3));
        data.put("Half", new Value.Real(0.5));
        data.put("Yes", Value.of(true));
        data.put("No", Value.of(false));
        data.put("List", new Value.Items(List.of(Value.of("a"), Value.of("b"), Value.of("c")), false));
        data.put("None", new Value.Items(List.of(), false));
        data.put("Numbers", new Value.Items(List.of(Value.of(1), Value.of(2)), true));
        Map<String, Value> map = new LinkedHashMap<>();
        map.put("z", Value.of(1));
        map.put("a", Value.of("<x>"));
        data.put("Map", new Value.Entries(map, false));
        data.put("Json", new Value.Entries(map, true));
        data.put("Thing", new Value.Thing("thing", Map.of("Role", Value.of("user")), new Value.Entries(map, true)));
        return data;
    }
}
