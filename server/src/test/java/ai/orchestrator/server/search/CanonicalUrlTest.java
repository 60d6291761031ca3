package ai.orchestrator.server.search;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CanonicalUrlTest {
    private static String canonical(String url) {
        return CanonicalUrl.of(url).orElseThrow().text();
    }

    @Provide
    Arbitrary<String> urls() {
        Arbitrary<String> host = Arbitraries.of(
                "example.org", "EXAMPLE.org", "a.b.example.org", "www.com", "münchen.de", "example.org.");
        Arbitrary<String> port = Arbitraries.of("", ":80", ":443", ":8080");
        Arbitrary<String> path = Arbitraries.of(
                        "", "/", "x", "index.html", "amp", "x.amp", "x.amp.html", "%7Ea", "Ä", "//")
                .list()
                .ofMaxSize(4)
                .map(parts -> parts.isEmpty() ? "" : "/" + String.join("/", parts));
        Arbitrary<String> query = Arbitraries.of("a=1", "b=2", "B=", "utm_source=x", "gclid=1", "ref", "", "c=a%26b")
                .list()
                .ofMaxSize(4)
                .map(parts -> parts.isEmpty() ? "" : "?" + String.join("&", parts));
        return Combinators.combine(Arbitraries.of("http://", "HTTPS://", "https://www."), host, port, path, query)
                .as((scheme, name, number, folder, parameters) -> scheme + name + number + folder + parameters);
    }

    @Property
    void theCanonicalFormIsItsOwnCanonicalForm(@ForAll("urls") String url) {
        assertThat(canonical(canonical(url))).isEqualTo(canonical(url));
    }

    @Property
    void whatDoesNotLeadElsewhereDoesNotCount(@ForAll("urls") String url) {
        String query = url.contains("?") ? url + "&" : url + "?";
        assertThat(canonical(query + "utm_campaign=z&fbclid=9#top")).isEqualTo(canonical(url));
    }

    @Property
    void anyTextIsTakenOrRefusedAndNeverFails(@ForAll String text) {
        assertThat(CanonicalUrl.of("https://example.org/" + text)
                        .map(CanonicalUrl::host)
                        .orElse("example.org"))
                .isEqualTo("example.org");
        assertThat(CanonicalUrl.of(text).map(CanonicalUrl::text).orElse("doc:x"))
                .matches("(?s)(https://|doc:).+");
    }

    @ParameterizedTest
    @CsvSource({
        "http://Example.org, https://example.org",
        "https://www.example.org:443/a/, https://example.org/a",
        "http://example.org:80/index.html#x, https://example.org",
        "https://example.org/a?b=2&a=1&utm_source=n&ref=x, https://example.org/a?a=1&b=2",
        "https://example.org/news/amp/, https://example.org/news",
        "https://example.org/news.amp.html, https://example.org/news.html",
        "https://example.org:8443/A, https://example.org:8443/A",
        "https://bücher.example/ü, https://xn--bcher-kva.example/ü",
        "https://[::1]:8080/x/, https://[::1]:8080/x",
        "doc:notes/A.md#2, doc:notes/A.md#2"
    })
    void samePagesHaveOneForm(String url, String expected) {
        assertThat(canonical(url)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "example.org/a",
                "/a",
                "javascript:alert(1)",
                "data:text/html,x",
                "file:///etc/passwd",
                "ftp://example.org/",
                "https://",
                "https:///a",
                "http:example.org",
                "https://user@example.org/",
                "https://example.org/a b",
                "https://example.org/\"x",
                "https://example.org/\r\nX: y",
                "doc:"
            })
    void whatMayNotBeShownIsRefused(String url) {
        assertThat(CanonicalUrl.of(url)).isEmpty();
    }
}
