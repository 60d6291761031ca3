package ai.orchestrator.cache.redis;

import ai.orchestrator.plugin.InvalidSettingException;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.time.Duration;
import javax.net.ssl.SSLParameters;
import redis.clients.jedis.ClientSetInfoConfig;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.SslOptions;

/**
 * How connections are made.
 *
 * @param servers to the servers that hold entries
 * @param sentinels to Sentinels
 */
record ClientConfigs(JedisClientConfig servers, JedisClientConfig sentinels) {
    /** @throws InvalidSettingException if Java's TLS cannot be used as it is set up */
    static ClientConfigs of(RedisAddress address, Duration timeout) {
        DefaultJedisClientConfig.Builder servers = base(timeout).database(address.database());
        address.login().applyTo(servers);
        DefaultJedisClientConfig.Builder sentinels = base(timeout);
        address.sentinelLogin().applyTo(sentinels);
        if (address.tls()) {
            encrypt(servers, sentinels);
        }
        return new ClientConfigs(servers.build(), sentinels.build());
    }

    private static DefaultJedisClientConfig.Builder base(Duration timeout) {
        return DefaultJedisClientConfig.builder()
                .timeoutMillis((int) Math.max(1, timeout.toMillis()))
                .clientSetInfoConfig(ClientSetInfoConfig.DISABLED)
                .serverDefaultProtocol(); // RESP 2, and no HELLO, which Redis 5 does not know
    }

    /** Checks the certificate's chain and its host name; one context for all connections, so that sessions are resumed. */
    private static void encrypt(DefaultJedisClientConfig.Builder... configs) {
        try {
            var sockets = SslOptions.defaults().createSslContext().getSocketFactory();
            SSLParameters parameters = new SSLParameters();
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            for (DefaultJedisClientConfig.Builder config : configs) {
                config.ssl(true).sslSocketFactory(sockets).sslParameters(parameters);
            }
        } catch (IOException | GeneralSecurityException e) {
            throw new InvalidSettingException("url", "asks for TLS, and Java's trust store cannot be read");
        }
    }
}
