package ai.orchestrator.server.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** The events of a stream in which each has a name. */
public final class NamedEvents {
    private NamedEvents() {}

    /** An event. */
    public record Event(String name, JsonNode data) {}

    /** All events in order; comments are left out, and anything else that is no event is an error. */
    public static List<Event> of(String stream) {
        List<Event> events = new ArrayList<>();
        for (String block : stream.strip().split("\n\n", -1)) {
            if (block.startsWith(":")) {
                continue;
            }
            String[] lines = block.split("\n", -1);
            if (lines.length != 2 || !lines[0].startsWith("event: ") || !lines[1].startsWith("data: ")) {
                throw new AssertionError("no event: " + block);
            }
            events.add(new Event(lines[0].substring(7), TestClient.parse(lines[1].substring(6))));
        }
        return events;
    }

    /** The names alone. */
    public static List<String> names(List<Event> events) {
        return events.stream().map(Event::name).toList();
    }
}
