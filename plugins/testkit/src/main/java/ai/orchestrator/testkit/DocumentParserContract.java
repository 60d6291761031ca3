package ai.orchestrator.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ai.orchestrator.plugin.PluginContext;
import ai.orchestrator.plugin.PluginFailure;
import ai.orchestrator.plugin.Settings;
import ai.orchestrator.plugin.document.DocumentLimits;
import ai.orchestrator.plugin.document.DocumentParser;
import ai.orchestrator.plugin.document.DocumentParserFactory;
import ai.orchestrator.plugin.document.ParsedDocument;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What every parser of documents promises. */
@Timeout(120)
public abstract class DocumentParserContract {
    private static final DocumentLimits AMPLE = new DocumentLimits(50, 200_000);
    private static final int BROKEN_ONES = 200;
    private static final int UNDAMAGED = 10;

    /** What the plugin has. */
    protected abstract DocumentParserFactory factory();

    /** A document of its type with these pages, or as many sections where the type has no pages. */
    protected abstract byte[] document(String title, String... pages) throws Exception;

    private DocumentParser parser() {
        return factory().create(new PluginContext("parser", Settings.of(Map.of()), Path.of("."), "test"));
    }

    @Test
    void itsKindIsAMediaType() {
        assertThat(factory().kind()).matches("[a-z0-9.+-]+/[a-z0-9.+-]+");
    }

    @Test
    void readsTitleAndTextInTheirOrder() throws Exception {
        try (DocumentParser parser = parser()) {
            ParsedDocument read = parser.parse(document("Tide tables", "High water at noon.", "Low at six."), AMPLE);
            assertThat(read.title()).contains("Tide tables");
            assertThat(read.text().strip().split("\\s*\\n\\s*\\n\\s*"))
                    .containsExactly("High water at noon.", "Low at six.");
        }
    }

    @Test
    void stopsAtItsLimits() throws Exception {
        byte[] pages = document("Many", "first page", "second page", "third page");
        try (DocumentParser parser = parser()) {
            assertThat(parser.parse(pages, new DocumentLimits(2, 1_000)).text())
                    .contains("second")
                    .doesNotContain("third");
            assertThat(parser.parse(pages, new DocumentLimits(3, 16)).text().strip())
                    .startsWith("first page")
                    .doesNotContain("third")
                    .hasSizeLessThan(25);
        }
    }

    @Test
    void readsForSeveralAtOnce() throws Exception {
        byte[] content = document("Tide tables", "High water at noon.", "Low at six.");
        try (DocumentParser parser = parser();
                ExecutorService threads = Executors.newFixedThreadPool(4)) {
            ParsedDocument alone = parser.parse(content, AMPLE);
            Callable<ParsedDocument> call = () -> parser.parse(content, AMPLE);
            for (Future<ParsedDocument> read :
                    threads.invokeAll(IntStream.range(0, 16).mapToObj(i -> call).toList())) {
                assertThat(read.get()).isEqualTo(alone);
            }
        }
    }

    @Test
    void saysInASentenceWhatItCannotRead() {
        try (DocumentParser parser = parser()) {
            for (String content : new String[] {"", " ", "High water at noon.", "<html><p>High water"}) {
                assertThatExceptionOfType(PluginFailure.Permanent.class)
                        .isThrownBy(() -> parser.parse(content.getBytes(StandardCharsets.US_ASCII), AMPLE))
                        .satisfies(failure -> assertThat(failure.getMessage()).matches("[A-Z].*\\."));
            }
        }
    }

    @Test
    void throwsNothingElseWhateverTheContent() throws Exception {
        byte[] whole = document("Tide tables", "High water at noon.");
        Random random = new Random(12);
        try (DocumentParser parser = parser()) {
            for (int i = 0; i < BROKEN_ONES; i++) {
                byte[] broken = Arrays.copyOf(whole, 2 * UNDAMAGED + random.nextInt(whole.length - 2 * UNDAMAGED));
                for (int j = 0; j < 10; j++) {
                    broken[UNDAMAGED + random.nextInt(broken.length - UNDAMAGED)] = (byte) random.nextInt();
                }
                try {
                    assertThat(parser.parse(broken, AMPLE).text()).isNotNull();
                } catch (PluginFailure failure) {
                    assertThat(failure.getMessage()).matches("[A-Z].*\\.");
                }
            }
        }
    }

    @Test
    void readsNothingForAThreadThatIsInterrupted() throws Exception {
        String[] pages = IntStream.range(0, 40).mapToObj(i -> "page " + i).toArray(String[]::new);
        byte[] content = document("Many", pages);
        try (DocumentParser parser = parser()) {
            Thread.currentThread().interrupt();
            assertThatExceptionOfType(PluginFailure.Retriable.class).isThrownBy(() -> parser.parse(content, AMPLE));
        } finally {
            assertThat(Thread.interrupted())
                    .as("the interrupt is still there for the caller")
                    .isTrue();
        }
    }
}
