package ai.orchestrator.server;

import ai.orchestrator.server.config.AccessConfig;
import ai.orchestrator.server.config.OrchestratorConfig;
import ai.orchestrator.server.http.Access;
import ai.orchestrator.server.http.HttpSettings;

/** How to listen, as the configuration says. */
final class Listening {
    private Listening() {}

    static HttpSettings settings(OrchestratorConfig config) {
        HttpSettings defaults =
                HttpSettings.at(config.server().host(), config.server().port());
        return new HttpSettings(
                defaults.host(),
                defaults.port(),
                config.server().maxBody(),
                defaults.maxConnections(),
                defaults.maxConcurrentRequests(),
                defaults.idleTimeout(),
                config.server().shutdownGrace(),
                config.server().origins(),
                config.server().hosts(),
                config.server().rateLimit().map(rate -> new HttpSettings.CallRate(rate.requests(), rate.period())),
                access(config.server().access()));
    }

    private static Access access(AccessConfig config) {
        return new Access(
                config.keys().stream()
                        .map(key -> new Access.Key(key.key(), key.tenant(), key.admin()))
                        .toList(),
                config.requireOnLoopback(),
                config.requireBehindProxy());
    }
}
