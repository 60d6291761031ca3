package ai.orchestrator.cache.redis;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.Base64;
import java.util.List;

/** A certificate of our own for {@code localhost}, as files that redis-server reads, which Java trusts from then on. */
final class TestCertificate {
    private static final String TRUST_STORE = "javax.net.ssl.trustStore";
    private static final String TRUST_STORE_PASSWORD = "javax.net.ssl.trustStorePassword";
    private static final String PASSWORD = "changeit";

    private static final TestCertificate ONLY = make();

    private final Path folder;

    private TestCertificate() throws Exception {
        folder = Files.createTempDirectory("certificate");
        Path keyStore = folder.resolve("keys.p12");
        makeKeys(keyStore);
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(keyStore)) {
            keys.load(in, PASSWORD.toCharArray());
        }
        pem("PRIVATE KEY", keys.getKey("redis", PASSWORD.toCharArray()).getEncoded());
        pem("CERTIFICATE", keys.getCertificate("redis").getEncoded());
        System.setProperty(TRUST_STORE, trustStore(keys.getCertificate("redis")).toString());
        System.setProperty(TRUST_STORE_PASSWORD, PASSWORD);
    }

    /** Lines for {@code redis.conf}. */
    static List<String> options(int tlsPort) {
        return ONLY.lines(tlsPort);
    }

    private List<String> lines(int tlsPort) {
        return List.of(
                "tls-port " + tlsPort,
                "tls-cert-file " + file("CERTIFICATE"),
                "tls-key-file " + file("PRIVATE KEY"),
                "tls-ca-cert-file " + file("CERTIFICATE"),
                "tls-auth-clients no");
    }

    private static TestCertificate make() {
        try {
            return new TestCertificate();
        } catch (Exception e) {
            throw new IllegalStateException("no certificate", e);
        }
    }

    private static void makeKeys(Path keyStore) throws Exception {
        Path keytool = Path.of(System.getProperty("java.home"), "bin", "keytool");
        Process made = new ProcessBuilder(
                        keytool.toString(),
                        "-J-XX:TieredStopAtLevel=1",
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
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        if (made.waitFor() != 0) {
            throw new IllegalStateException("keytool ended with " + made.exitValue());
        }
    }

    private Path trustStore(Certificate certificate) throws GeneralSecurityException, IOException {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("redis", certificate);
        Path file = folder.resolve("trusted.p12");
        try (OutputStream out = Files.newOutputStream(file)) {
            trusted.store(out, PASSWORD.toCharArray());
        }
        return file;
    }

    private void pem(String type, byte[] content) throws IOException {
        String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
        Files.writeString(
                file(type),
                "-----BEGIN " + type + "-----\n" + base64 + "\n-----END " + type + "-----\n",
                StandardCharsets.US_ASCII);
    }

    private Path file(String type) {
        return folder.resolve(type.replace(' ', '-') + ".pem");
    }
}
