package ai.orchestrator.search.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlainTextTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a <em>bold</em> move|a bold move",
                "<p>one</p><p>two</p>|one two",
                "<script>alert(1)</script>safe<style>p{}</style>|safe",
                "before <!-- hidden --> after|before after",
                "Fish &amp; chips &#8211; &quot;fresh&quot;|Fish & chips – \"fresh\"",
                "for (i = 0; i<n; i++)|for (i = 0; i<n; i++)",
                "R&D costs|R&D costs"
            })
    void keepsWhatAReaderWouldSee(String html, String text) {
        assertThat(PlainText.of(html)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"abcdef, 6, abcdef", "abcdefg, 6, abcde…", "ab😀cd, 4, ab…"})
    void shortensBetweenCharacters(String text, int most, String shortened) {
        assertThat(PlainText.shorten(text, most)).isEqualTo(shortened);
    }
}
