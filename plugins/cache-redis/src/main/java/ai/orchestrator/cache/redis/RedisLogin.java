package ai.orchestrator.cache.redis;

import java.util.Optional;
import redis.clients.jedis.DefaultJedisClientConfig;

/** Whom to log in as. Never shown. */
record RedisLogin(Optional<String> user, Optional<String> password) {
    static final RedisLogin NONE = new RedisLogin(Optional.empty(), Optional.empty());

    void applyTo(DefaultJedisClientConfig.Builder config) {
        user.ifPresent(config::user);
        password.ifPresent(config::password);
    }

    @Override
    public String toString() {
        return "RedisLogin";
    }
}
