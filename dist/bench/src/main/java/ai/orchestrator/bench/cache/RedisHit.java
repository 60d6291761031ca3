package ai.orchestrator.bench.cache;

import ai.orchestrator.bench.run.Measured;
import ai.orchestrator.bench.run.RedisServer;
import ai.orchestrator.bench.run.Scenario;
import ai.orchestrator.bench.run.Separation;
import ai.orchestrator.bench.run.Setup;
import java.io.IOException;
import java.util.List;

/** Answers out of Redis. */
public final class RedisHit implements Scenario {
    @Override
    public String name() {
        return "redis-hit";
    }

    @Override
    public String purpose() {
        return "answers out of Redis alone";
    }

    @Override
    public Measured measure(Setup setup) throws IOException, InterruptedException {
        if (setup.loading().redis().isEmpty()) {
            return Measured.nothing(name(), RedisServer.MISSING);
        }
        try (Separation apart = Separation.begin();
                RedisServer redis = RedisServer.start(setup)) {
            return new Measured(
                    new LowerTierHit(name(), "redis").measure(setup, apart, Tiers.redis(redis.port())),
                    List.of(apart.note(), new Fast(setup).note()));
        }
    }
}
