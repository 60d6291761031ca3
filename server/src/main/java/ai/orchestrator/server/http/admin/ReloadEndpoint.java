package ai.orchestrator.server.http.admin;

import ai.orchestrator.server.http.Endpoint;
import ai.orchestrator.server.http.Exchange;
import ai.orchestrator.server.http.HttpProblem;
import ai.orchestrator.server.http.JsonText;
import ai.orchestrator.server.orchestration.RulesFile;
import java.util.List;

/** {@code POST /api/reload}: has the routing rules read again, now. */
final class ReloadEndpoint implements Endpoint {
    private final RulesFile file;

    ReloadEndpoint(RulesFile file) {
        this.file = file;
    }

    @Override
    public void answer(Exchange exchange) {
        switch (file.reload()) {
            case RulesFile.Reload.InForce(List<String> changes) ->
                exchange.sendJson(JsonText.of(json -> {
                    json.writeStartObject();
                    json.writeStringField("status", "success");
                    json.writeBooleanField("changed", !changes.isEmpty());
                    json.writeArrayFieldStart("changes");
                    for (String change : changes) {
                        json.writeString(change);
                    }
                    json.writeEndArray();
                    json.writeEndObject();
                }));
            case RulesFile.Reload.Refused(List<String> problems) ->
                throw HttpProblem.badRequest("the rules before stay in force: " + String.join("; ", problems));
        }
    }
}
