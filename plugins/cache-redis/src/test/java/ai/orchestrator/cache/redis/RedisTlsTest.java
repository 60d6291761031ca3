package ai.orchestrator.cache.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ai.orchestrator.plugin.FailureCode;
import ai.orchestrator.plugin.PluginFailure;
import ai.orchestrator.plugin.cache.CacheEntry;
import ai.orchestrator.plugin.cache.CacheKey;
import ai.orchestrator.plugin.cache.CacheTier;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RedisTlsTest {
    private static final String TRUST_STORE = "javax.net.ssl.trustStore";
    private static final String TRUST_STORE_PASSWORD = "javax.net.ssl.trustStorePassword";
    private static final String PASSWORD = "changeit";

    @TempDir
    Path folder;

    private final int tlsPort = RedisProcess.freePort();
    private RedisServerExtension redis;

    @BeforeEach
    void startWithACertificateForLocalhost() throws Exception {
        Path keyStore = folder.resolve("keys.p12");
        String keytool =
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        Process made = new ProcessBuilder(
                        keytool,
                        "-genkeypair",
                        "-alias",
                        "redis",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=test",
                        "-ext",
                        "san=dns:localhost",
                        "-keystore",
                        keyStore.toString(),
                        "-storepass",
                        PASSWORD)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("keytool.log").toFile())
                .start();
        assertThat(made.waitFor()).isZero();
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(keyStore)) {
            keys.load(in, PASSWORD.toCharArray());
        }
        Path key =
                pem("PRIVATE KEY", keys.getKey("redis", PASSWORD.toCharArray()).getEncoded());
        Path certificate = pem("CERTIFICATE", keys.getCertificate("redis").getEncoded());
        redis = new RedisServerExtension(
                "tls-port " + tlsPort, "tls-cert-file " + certificate, "tls-key-file " + key, "tls-auth-clients no");
        redis.start();
        System.setProperty(TRUST_STORE, trustStore(keys.getCertificate("redis")).toString());
        System.setProperty(TRUST_STORE_PASSWORD, PASSWORD);
    }

    @AfterEach
    void stop() throws Exception {
        System.clearProperty(TRUST_STORE);
        System.clearProperty(TRUST_STORE_PASSWORD);
        redis.stop();
    }

    @Test
    void speaksTlsWithAServerThatItTrusts() throws Exception {
        try (CacheTier tier =
                redis.tier(Map.of("url", "rediss://localhost:" + tlsPort, "timeout", "10s", "deadline", "10s"))) {
            CacheKey key = new CacheKey(1, 2);
            CacheEntry entry = new CacheEntry(new byte[1000], Instant.EPOCH, "m", "", Set.of());

            tier.put(key, entry, Duration.ofHours(1));

            assertThat(tier.get(key)).contains(entry);
        }
    }

    @Test
    void refusesACertificateForAnotherName() throws Exception {
        try (CacheTier tier =
                redis.tier(Map.of("url", "rediss://127.0.0.1:" + tlsPort, "timeout", "10s", "deadline", "10s"))) {
            assertThatExceptionOfType(PluginFailure.Retriable.class)
                    .isThrownBy(() -> tier.get(new CacheKey(1, 2)))
                    .withMessage("Redis shows no TLS certificate that is trusted and made out for this host.")
                    .satisfies(failure -> assertThat(failure.code()).isEqualTo(FailureCode.UNAVAILABLE))
                    .withRootCauseInstanceOf(CertificateException.class);
        }
    }

    private Path trustStore(Certificate certificate) throws Exception {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("redis", certificate);
        Path file = folder.resolve("trusted.p12");
        try (OutputStream out = Files.newOutputStream(file)) {
            trusted.store(out, PASSWORD.toCharArray());
        }
        return file;
    }

    private Path pem(String type, byte[] content) throws Exception {
        String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
        return Files.writeString(
                folder.resolve(type.replace(' ', '-') + ".pem"),
                "-----BEGIN " + type + "-----\n" + base64 + "\n-----END " + type + "-----\n",
                StandardCharsets.US_ASCII);
    }
}
