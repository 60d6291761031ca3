package ai.orchestrator.server.http.websearch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SearchToolTest {
    @ParameterizedTest
    @CsvSource({
        "example.org,      https://example.org/a,      true",
        "example.org,      https://docs.example.org/a, true",
        "example.org,      https://badexample.org/,    false",
        "docs.example.org, https://example.org/,       false",
        "EXAMPLE.org,      https://Example.ORG/,       true",
        "example.org/blog, https://example.org/blog/1, true",
        "example.org/blog, https://example.org/shop,   false",
        "example.org,      doc:notes.md,               false",
        "example.org,      'https://example.org/a b',  false"
    })
    void knowsWhatADomainHolds(String domain, String url, boolean within) {
        assertThat(new SearchTool(1, List.of(domain), List.of(), false).allows(url))
                .isEqualTo(within);
        assertThat(new SearchTool(1, List.of(), List.of(domain), false).allows(url))
                .isEqualTo(!within);
    }

    @Test
    void allowsEverythingByDefaultAndThreeSearchesAtMost() {
        SearchTool tool = new SearchTool(99, List.of(), List.of(), false);

        assertThat(tool.maxSearches()).isEqualTo(3);
        assertThat(tool.allows("doc:notes.md")).isTrue();
        assertThat(new SearchTool(-1, List.of(), List.of(), false).maxSearches())
                .isZero();
    }
}
