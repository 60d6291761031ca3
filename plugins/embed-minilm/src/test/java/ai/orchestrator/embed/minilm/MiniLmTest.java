package ai.orchestrator.embed.minilm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.security.MessageDigest;
import java.time.ZoneOffset;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class MiniLmTest {
    @Test
    void tells_the_size_and_the_digest_of_the_file_that_comes_along() throws Exception {
        byte[] file;
        try (InputStream stream = MiniLm.open(MiniLm.MODEL_RESOURCE)) {
            file = stream.readAllBytes();
        }

        assertThat(MiniLm.INFO.sizeBytes()).isEqualTo(file.length);
        assertThat(MiniLm.INFO.digest())
                .isEqualTo(HexFormat.of()
                        .formatHex(MessageDigest.getInstance("SHA-256").digest(file)));
    }

    @Test
    void tells_when_the_file_that_comes_along_was_packed() throws IOException {
        URL url = MiniLm.class.getResource("/" + MiniLm.MODEL_RESOURCE);
        JarURLConnection connection = (JarURLConnection) url.openConnection();

        assertThat(MiniLm.INFO.modifiedAt().atOffset(ZoneOffset.UTC).toLocalDate())
                .isEqualTo(connection.getJarEntry().getTimeLocal().toLocalDate());
    }
}
