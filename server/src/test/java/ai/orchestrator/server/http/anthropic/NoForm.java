package ai.orchestrator.server.http.anthropic;

import ai.orchestrator.server.http.BodyForm;
import ai.orchestrator.server.http.Exchange;
import ai.orchestrator.server.http.JsonBody;

/** No second kind of body. */
final class NoForm implements BodyForm {
    @Override
    public boolean takes(JsonBody body) {
        return false;
    }

    @Override
    public void answer(Exchange exchange, JsonBody body) {
        throw new IllegalStateException("takes nothing");
    }
}
