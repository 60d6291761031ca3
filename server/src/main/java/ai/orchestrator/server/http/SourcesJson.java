package ai.orchestrator.server.http;

import ai.orchestrator.server.orchestration.Source;
import ai.orchestrator.server.unicode.Surrogates;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.List;

/** What an answer may cite, in the one member of a reply that all surfaces have for it. */
public final class SourcesJson {
    private SourcesJson() {}

    /** Writes the member {@code sources} of an object; nothing where there are none. */
    public static void write(JsonGenerator json, List<Source> sources) throws IOException {
        if (sources.isEmpty()) {
            return;
        }
        json.writeArrayFieldStart("sources");
        for (Source source : sources) {
            json.writeStartObject();
            json.writeNumberField("id", source.number());
            json.writeStringField("title", Surrogates.repair(source.title()));
            json.writeStringField("url", Surrogates.repair(source.url()));
            json.writeEndObject();
        }
        json.writeEndArray();
    }
}
