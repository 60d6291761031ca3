package ai.orchestrator.server.http.admin;

import ai.orchestrator.server.http.ErrorStyle;
import ai.orchestrator.server.http.Rights;
import ai.orchestrator.server.http.Routes;
import ai.orchestrator.server.http.Surface;
import ai.orchestrator.server.orchestration.CostReports;
import ai.orchestrator.server.orchestration.Feedback;
import java.time.InstantSource;

/** {@code /api/costs} and {@code /api/feedback}. */
public final class MoneySurface implements Surface {
    private final CostsEndpoint costs;
    private final FeedbackEndpoints feedback;

    public MoneySurface(CostReports reports, Feedback feedback, InstantSource clock) {
        this.costs = new CostsEndpoint(reports, clock);
        this.feedback = new FeedbackEndpoints(feedback);
    }

    @Override
    public void addTo(Routes routes) {
        routes.get("/api/costs", ErrorStyle.PLAIN, costs)
                .post("/api/feedback", ErrorStyle.PLAIN, feedback::give)
                .get("/api/feedback", ErrorStyle.PLAIN, Rights.adminsOnly(feedback::show));
    }
}
