package ai.orchestrator.server.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ai.orchestrator.server.web.PageFailure.Kind;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PageUrlTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "/page",
                "//example.org/",
                "example.org",
                "file:///etc/passwd",
                "ftp://example.org/",
                "gopher://example.org/",
                "javascript:alert(1)",
                "data:text/html,x",
                "jar:http://example.org/a.jar!/",
                "http:example.org",
                "http:/example.org/",
                "http:///etc/passwd",
                "http://",
                "http://:80/",
                "http://user@example.org/",
                "http://user:pass@example.org/",
                "http://good.example%2f@evil.example/",
                "http://good.example#@evil.example/\\",
                "http://example.org\\@127.0.0.1/",
                "http:\\\\example.org\\",
                "http://exa\tmple.org/",
                "http://example.org/\r\nHost: x",
                "http://example.org/a b",
                " http://example.org/",
                "http://example.org/\u0000",
                "http://example.org/\u202Egnp",
                "http://exam\u200Bple.org/",
                "http://example.org:8080/",
                "http://example.org:22/",
                "http://example.org:0/",
                "http://example.org:99999/",
                "http://example.org:-1/",
                "http://localhost/",
                "http://intranet/",
                "http://2130706433/",
                "http://017700000001/",
                "http://0x7f000001/",
                "http://0x7f.1/",
                "http://127.1/",
                "http://127.0.1/",
                "http://0177.0.0.1/",
                "http://127.0.0.01/",
                "http://1.2.3.4.5/",
                "http://256.1.1.1/",
                "http://999.0.0.1/",
                "http://1.1.1.1./",
                "http://example.org./",
                "http://example..org/",
                "http://.example.org/",
                "http://a_b.example.com/",
                "http://exa%6dple.org/",
                "http://example.org%00.evil.org/",
                "http://[::1/",
                "http://[fe80::1%25eth0]/",
                "http://[example.org]/",
                "http://\u2460\u2461\u2466.0.0.1/",
                "http://\uFF11\uFF12\uFF17.0.0.1/",
                "http://127\u30020\u30020\u30021/",
                "http://example.123/",
                "http://example.0x7f/"
            })
    void badOnesAreRefused(String url) {
        PageFailure failure = catchThrowableOfType(PageFailure.class, () -> PageUrl.of(url, FetchRules.PUBLIC));
        assertThat(failure).isNotNull();
        assertThat(failure.kind()).isEqualTo(Kind.BAD_URL);
        assertThat(failure).hasMessageMatching("[A-Z].*\\.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://127.0.0.1/",
                "https://127.0.0.1/",
                "http://127.0.0.1:80/",
                "http://127.8.9.10/",
                "http://0.0.0.0/",
                "http://10.0.0.1/",
                "http://192.168.1.1/",
                "http://172.20.0.1/",
                "http://169.254.169.254/latest/meta-data/",
                "http://100.100.100.200/latest/meta-data/",
                "http://[::1]/",
                "http://[::]/",
                "http://[::ffff:10.0.0.1]/",
                "http://[::ffff:7f00:1]/",
                "http://[::127.0.0.1]/",
                "http://[64:ff9b::a9fe:a9fe]/",
                "http://[2002:7f00:1::]/",
                "http://[2001:0:a00:1::1]/",
                "http://[fd00:ec2::254]/",
                "http://[fe80::1]/",
                "http://[ff02::1]/",
                "http://metadata.google.internal/computeMetadata/v1/",
                "http://METADATA.google.INTERNAL/",
                "http://metadata.azure.com/",
                "http://metadata.goog/",
                "http://a.localhost/",
                "http://printer.local/",
                "http://nas.lan/",
                "http://router.home.arpa/",
                "http://wiki.intranet/",
                "http://224.0.0.1/"
            })
    void privateOnesAreRefused(String url) {
        PageFailure failure = catchThrowableOfType(PageFailure.class, () -> PageUrl.of(url, FetchRules.PUBLIC));
        assertThat(failure).isNotNull();
        assertThat(failure.kind()).isEqualTo(Kind.PRIVATE_ADDRESS);
    }

    @ParameterizedTest
    @CsvSource({
        "https://example.org,https://example.org/",
        "HTTPS://Example.ORG:443/a?b=c#d,https://example.org/a?b=c",
        "http://example.org/caf\u00E9?q=\u00FC,http://example.org/caf%C3%A9?q=%C3%BC",
        "https://b\u00FCcher.example.org/,https://xn--bcher-kva.example.org/",
        "http://1.1.1.1/,http://1.1.1.1/",
        "http://[2606:4700::1111]/,http://[2606:4700::1111]/",
        "http://3com.example.org/,http://3com.example.org/",
    })
    void goodOnesAreTaken(String url, String asked) {
        PageUrl taken = PageUrl.of(url, FetchRules.PUBLIC);
        assertThat(taken.url()).hasToString(asked);
        assertThat(taken.trusted()).isFalse();
    }

    @Test
    void whatTheOperatorNamesIsTakenAtItsPortOnly() {
        FetchRules rules =
                new FetchRules(Set.of(80, 8080), Set.of(new HostAndPort("intranet", 8123), new HostAndPort("::1", 81)));
        assertThat(PageUrl.of("http://intranet:8123/", rules).trusted()).isTrue();
        assertThat(PageUrl.of("http://[::1]:81/", rules).trusted()).isTrue();
        assertThat(PageUrl.of("http://example.org:8080/", rules).trusted()).isFalse();
        assertThat(catchThrowableOfType(PageFailure.class, () -> PageUrl.of("http://intranet/", rules)))
                .isNotNull();
        assertThat(catchThrowableOfType(PageFailure.class, () -> PageUrl.of("https://example.org/", rules)))
                .isNotNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "host", "host:", ":80", "host:0", "host:70000", "http://host:80", "[::1]", "a b:80"})
    void serversAreHostAndPort(String text) {
        assertThat(HostAndPort.of(text)).isEmpty();
        assertThat(HostAndPort.of("Wiki.Example:80")).contains(new HostAndPort("wiki.example", 80));
        assertThat(HostAndPort.of("[::1]:8080")).contains(new HostAndPort("::1", 8080));
    }
}
