package ai.orchestrator.server;

import ai.orchestrator.plugin.Health;
import ai.orchestrator.plugin.PluginService;
import ai.orchestrator.server.plugin.Service;
import ai.orchestrator.server.plugin.Services;
import io.helidon.health.HealthCheck;
import io.helidon.health.HealthCheckResponse;
import io.helidon.health.HealthCheckType;
import java.util.ArrayList;
import java.util.List;

/** The parts as {@code /observe/health} shows them. The server itself is up while it answers: no part that is down takes it along. */
final class HealthChecks {
    private HealthChecks() {}

    static List<HealthCheck> of(Services services) {
        List<Service<? extends PluginService>> all = new ArrayList<>();
        all.addAll(services.cacheTiers());
        all.addAll(services.modelProviders());
        all.addAll(services.embeddingProviders());
        all.addAll(services.searchEngines());
        all.addAll(services.reranker());
        all.addAll(services.classifier());
        return all.stream().map(HealthChecks::check).toList();
    }

    private static HealthCheck check(Service<?> service) {
        return new HealthCheck() {
            @Override
            public HealthCheckType type() {
                return HealthCheckType.READINESS;
            }

            @Override
            public String name() {
                return service.name();
            }

            @Override
            public HealthCheckResponse call() {
                Health health = service.instance().health();
                HealthCheckResponse.Builder response = HealthCheckResponse.builder()
                        .status(HealthCheckResponse.Status.UP)
                        .detail("state", health.state().name());
                if (!health.detail().isEmpty()) {
                    response.detail("detail", health.detail());
                }
                return response.build();
            }
        };
    }
}
