package ai.orchestrator.cache.redis;

import ai.orchestrator.plugin.InvalidSettingException;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import redis.clients.jedis.ClientSetInfoConfig;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.SslOptions;
import redis.clients.jedis.util.JedisURIHelper;

/** Where Redis is and how to log in there. Shown as host and port only: the URL may hold a password. */
final class RedisAddress {
    private static final int DEFAULT_PORT = 6379;
    private static final String EXPECTED =
            "expected redis://[[user:]password@]host[:port][/database], or rediss:// for TLS, with special characters in user and password percent-encoded";

    private final URI uri;

    private RedisAddress(URI uri) {
        this.uri = uri;
    }

    /** @throws InvalidSettingException for the setting {@code url}, without repeating the text */
    static RedisAddress parse(String url) {
        try {
            URI uri = new URI(url);
            boolean redis = JedisURIHelper.isRedisScheme(uri) || JedisURIHelper.isRedisSSLScheme(uri);
            if (!redis || uri.getHost() == null || uri.getQuery() != null || uri.getFragment() != null) {
                throw new InvalidSettingException("url", EXPECTED);
            }
            if (JedisURIHelper.getDBIndex(uri) < 0) {
                throw new InvalidSettingException("url", EXPECTED);
            }
            return new RedisAddress(uri);
        } catch (URISyntaxException | NumberFormatException e) {
            throw new InvalidSettingException("url", EXPECTED);
        }
    }

    HostAndPort hostAndPort() {
        return new HostAndPort(uri.getHost(), uri.getPort() < 0 ? DEFAULT_PORT : uri.getPort());
    }

    JedisClientConfig clientConfig(Duration timeout) {
        DefaultJedisClientConfig.Builder config = DefaultJedisClientConfig.builder()
                .timeoutMillis((int) Math.max(1, timeout.toMillis()))
                .user(JedisURIHelper.getUser(uri))
                .password(JedisURIHelper.getPassword(uri))
                .database(JedisURIHelper.getDBIndex(uri))
                .clientSetInfoConfig(ClientSetInfoConfig.DISABLED)
                .resp2();
        if (JedisURIHelper.isRedisSSLScheme(uri)) {
            config.sslOptions(SslOptions.defaults()); // checks the certificate's chain and its host name
        }
        return config.build();
    }

    @Override
    public String toString() {
        return hostAndPort().toString();
    }
}
