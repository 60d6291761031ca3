package ai.orchestrator.server.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ai.orchestrator.server.web.PageFailure.Kind;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPOutputStream;
import okhttp3.Dns;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class PageFetcherTest {
    private static final Duration AMPLE = Duration.ofSeconds(30);
    private static final InetAddress PUBLIC = InetAddress.ofLiteral("93.184.216.34");

    private final LoopbackSite site = new LoopbackSite();
    private final LoopbackSite secret = new LoopbackSite();
    private final List<InetSocketAddress> dialled = new CopyOnWriteArrayList<>();
    private final PageFetcher fetcher = over(name -> {
        throw new UnknownHostException(name);
    });

    /** What may fetch from the site, whose names are these, and that never leaves this machine. */
    private PageFetcher over(Dns names) {
        FetchRules rules = new FetchRules(Set.of(80, 443, secret.port()), Set.of(site.host()));
        return new PageFetcher("ai-orchestrator/0", rules, names, to -> {
            dialled.add(to);
            throw new ConnectException("no network in a test");
        });
    }

    @AfterEach
    void stop() {
        fetcher.close();
        site.close();
        secret.close();
    }

    private PageFailure failure(String url) {
        return failure(fetcher, url);
    }

    private static PageFailure failure(PageFetcher fetcher, String url) {
        PageFailure failure = catchThrowableOfType(PageFailure.class, () -> fetcher.fetch(url, AMPLE));
        assertThat(failure).isNotNull();
        assertThat(failure).hasMessageMatching("[A-Z].*\\.");
        return failure;
    }

    @Test
    void aPageComesAsItIsAndNothingOfUsGoes() {
        site.on("/page", "Text/HTML; charset=\"ISO-8859-1\"", "<p>hello");
        FetchedPage page = fetcher.fetch(site.url("/page"), AMPLE);
        assertThat(page.type()).isEqualTo("text/html");
        assertThat(page.charset()).contains("ISO-8859-1");
        assertThat(new String(page.body(), StandardCharsets.UTF_8)).isEqualTo("<p>hello");
        assertThat(page.url()).isEqualTo(site.url("/page"));
        assertThat(site.requests.getFirst())
                .contains("User-Agent: ai-orchestrator/0")
                .doesNotContainIgnoringCase("cookie")
                .doesNotContainIgnoringCase("authorization")
                .doesNotContainIgnoringCase("referer");
    }

    @Test
    void noCookieIsKept() {
        byte[] answer =
                LoopbackSite.head(200, "Content-Type: text/plain", "Set-Cookie: a=b; Path=/", "Content-Length: 0");
        site.on("/page", out -> out.write(answer));
        fetcher.fetch(site.url("/page"), AMPLE);
        fetcher.fetch(site.url("/page"), AMPLE);
        assertThat(site.requests.getLast()).doesNotContainIgnoringCase("cookie");
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 307, 308})
    void redirectsAreFollowed(int status) {
        site.moved("/from", status, "/to?a=http://b").on("/to?a=http://b", "text/plain", "there");
        FetchedPage page = fetcher.fetch(site.url("/from"), AMPLE);
        assertThat(page.url()).isEqualTo(site.url("/to?a=http://b"));
        assertThat(site.requests.getLast()).doesNotContainIgnoringCase("referer");
    }

    @Test
    void threeRedirectsAreFollowedAndNoMore() {
        site.moved("/0", 302, "/1")
                .moved("/1", 302, "/2")
                .moved("/2", 302, "/3")
                .on("/3", "text/plain", "there");
        assertThat(fetcher.fetch(site.url("/0"), AMPLE).url()).endsWith("/3");
        site.moved("/start", 302, "/0");
        assertThat(failure(site.url("/start")).kind()).isEqualTo(Kind.REDIRECT);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://127.0.0.1:%d/",
                "//127.0.0.1:%d/",
                "HTTP://127.0.0.1:%d/",
                "http://localhost:%d/",
                "http://2130706433:%d/",
                "http://0177.0.0.1:%d/",
                "http://127.1:%d/",
                "http://0x7f.1:%d/",
                "http://[::ffff:127.0.0.1]:%d/",
                "http://[::ffff:7f00:1]:%d/",
                "http://[::1]:%d/",
                "http://user@127.0.0.1:%d/",
                "http:\\\\127.0.0.1:%d\\",
                "/\\127.0.0.1:%d/",
                "http://127.0.0.1.:%d/",
                "http://0:%d/",
                "http://0.0.0.0:%d/",
                "file:///etc/passwd",
                "http://169.254.169.254:%d/",
                "ftp://127.0.0.1:%d/",
                "http://\u2460\u2461\u2466.0.0.1:%d/",
                "javascript:x"
            })
    void noRedirectLeadsToThisMachine(String location) {
        site.moved("/from", 302, location.formatted(secret.port()));
        assertThat(failure(site.url("/from")).kind()).isIn(Kind.BAD_URL, Kind.PRIVATE_ADDRESS);
        assertThat(secret.accepts).hasValue(0);
        assertThat(site.accepts).hasValue(1);
        assertThat(dialled).isEmpty();
    }

    @Test
    void aNameWithOnePrivateAddressIsRefusedWhole() {
        for (String address : List.of("127.0.0.1", "10.0.0.1", "::ffff:10.0.0.1", "64:ff9b::a00:1", "fd00:ec2::254")) {
            PageFetcher names = over(name -> List.of(PUBLIC, InetAddress.ofLiteral(address)));
            assertThat(failure(names, "http://rebound.example.org:" + secret.port() + "/")
                            .kind())
                    .isEqualTo(Kind.PRIVATE_ADDRESS);
            names.close();
        }
        assertThat(secret.accepts).hasValue(0);
        assertThat(dialled).isEmpty();
    }

    @Test
    void aNameIsLookedUpOnceAndItsCheckedAddressIsDialled() {
        AtomicInteger lookups = new AtomicInteger();
        PageFetcher flipping =
                over(name -> List.of(lookups.getAndIncrement() == 0 ? PUBLIC : InetAddress.ofLiteral("127.0.0.1")));
        String url = "http://rebound.example.org:" + secret.port() + "/";

        assertThat(failure(flipping, url).kind()).isEqualTo(Kind.UNREACHABLE);
        assertThat(lookups).hasValue(1);
        assertThat(dialled).extracting(InetSocketAddress::getAddress).containsExactly(PUBLIC);

        assertThat(failure(flipping, url).kind()).isEqualTo(Kind.PRIVATE_ADDRESS);
        assertThat(dialled).hasSize(1);
        assertThat(secret.accepts).hasValue(0);
        flipping.close();
    }

    @Test
    void nothingIsSentToWhatTurnsOutToBePrivateOnceConnected() {
        InetSocketAddress loopback = new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), secret.port());
        try (PageFetcher misled =
                new PageFetcher("ai-orchestrator/0", FetchRules.PUBLIC, name -> List.of(PUBLIC), checked -> loopback)) {
            assertThat(failure(misled, "http://example.org/").kind()).isEqualTo(Kind.PRIVATE_ADDRESS);
        }
        assertThat(secret.requests).isEmpty();
    }

    @Test
    void aSocketConnectsToNoPrivateAddressWhoeverAsks() throws IOException {
        try (Socket socket = new CheckedSockets(Dialer.DIRECT).createSocket()) {
            InetSocketAddress loopback = new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), secret.port());
            assertThatThrownBy(() -> socket.connect(loopback, 1_000)).isInstanceOf(PrivateAddressException.class);
            assertThatThrownBy(() -> socket.connect(InetSocketAddress.createUnresolved("localhost", secret.port())))
                    .isInstanceOf(PrivateAddressException.class);
        }
        assertThat(secret.accepts).hasValue(0);
    }

    @Test
    void withoutThePermissionTheSamePageIsRefused() {
        site.on("/page", "text/plain", "x");
        try (PageFetcher strict = new PageFetcher("ai-orchestrator/0", new FetchRules(Set.of(site.port()), Set.of()))) {
            assertThat(failure(strict, site.url("/page")).kind()).isEqualTo(Kind.PRIVATE_ADDRESS);
            assertThat(failure(strict, "http://localhost.localdomain:" + site.port() + "/page")
                            .kind())
                    .isIn(Kind.PRIVATE_ADDRESS, Kind.UNKNOWN_HOST);
        }
        assertThat(site.accepts).hasValue(0);
    }

    @Test
    void anUnknownNameIsSaidToBeOne() {
        assertThat(failure("http://nowhere.example.org/").kind()).isEqualTo(Kind.UNKNOWN_HOST);
    }

    @Test
    void anEndlessBodyIsCutOff() {
        CountDownLatch left = new CountDownLatch(1);
        site.on("/endless", out -> {
            out.write(LoopbackSite.head(200, "Content-Type: text/plain"));
            writeUntilTheyLeave(out, left);
        });
        assertThat(failure(site.url("/endless")).kind()).isEqualTo(Kind.TOO_LARGE);
        assertThat(await(left)).isTrue();
    }

    @Test
    void aPackedBodyIsReadAndCountsUnpacked() throws IOException {
        site.on("/packed", packed("gzip", zipped(1_000)));
        assertThat(fetcher.fetch(site.url("/packed"), AMPLE).body()).hasSize(1_000);
        site.on("/bomb", packed("gzip", zipped(200 << 20)));
        assertThat(failure(site.url("/bomb")).kind()).isEqualTo(Kind.TOO_LARGE);
        site.on("/broken", packed("gzip", "not gzip at all".getBytes(StandardCharsets.UTF_8)));
        assertThat(failure(site.url("/broken")).kind()).isEqualTo(Kind.BROKEN_OFF);
    }

    @ParameterizedTest
    @ValueSource(strings = {"br", "deflate", "zstd", "gzip, gzip"})
    void whatIsPackedOtherwiseIsRefused(String packing) {
        site.on("/packed", packed(packing, new byte[100]));
        assertThat(failure(site.url("/packed")).kind()).isEqualTo(Kind.WRONG_TYPE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"image/png", "application/octet-stream", "application/zip", "video/mp4", "text/css", "nonsense"})
    void onlyTextIsRead(String type) {
        site.on("/file", type, "x");
        assertThat(failure(site.url("/file")).kind()).isEqualTo(Kind.WRONG_TYPE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/html", "text/plain;charset=x-none", "application/xhtml+xml", "application/json"})
    void allTextIsRead(String type) {
        site.on("/file", type, "x");
        assertThat(fetcher.fetch(site.url("/file"), AMPLE).body()).containsExactly('x');
    }

    @Test
    void anythingButSuccessIsAFailure() {
        assertThat(failure(site.url("/missing"))).hasMessage("The page answered with status 404.");
        site.on("/down", out -> out.write(LoopbackSite.head(503, "Content-Length: 0")));
        assertThat(failure(site.url("/down")).kind()).isEqualTo(Kind.STATUS);
        site.on("/moved", out -> out.write(LoopbackSite.head(302, "Content-Length: 0")));
        assertThat(failure(site.url("/moved")).kind()).isEqualTo(Kind.STATUS);
    }

    @Test
    void aBrokenOffBodyIsNoPage() {
        site.on("/broken", out -> out.write(LoopbackSite.head(200, "Content-Type: text/plain", "Content-Length: 10")));
        assertThat(failure(site.url("/broken")).kind()).isEqualTo(Kind.BROKEN_OFF);
    }

    @Test
    void aSilentServerIsLeftWhenTheTimeIsOver() {
        CountDownLatch never = new CountDownLatch(1);
        site.on("/silent", out -> await(never));
        PageFailure failure = catchThrowableOfType(
                PageFailure.class, () -> fetcher.fetch(site.url("/silent"), Duration.ofMillis(200)));
        assertThat(failure.kind()).isEqualTo(Kind.TIMEOUT);
    }

    @Test
    void atMostTwoCallsRunAtOneHost() {
        AtomicInteger running = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        site.on("/busy", out -> {
            most.accumulateAndGet(running.incrementAndGet(), Math::max);
            await(new CountDownLatch(1), 50);
            running.decrementAndGet();
            out.write(LoopbackSite.head(200, "Content-Type: text/plain", "Content-Length: 0"));
        });
        List<String> got = new CopyOnWriteArrayList<>();
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 8; i++) {
                callers.execute(
                        () -> got.add(fetcher.fetch(site.url("/busy"), AMPLE).type()));
            }
        }
        assertThat(got).hasSize(8);
        assertThat(most.get()).isBetween(1, 2);
    }

    @Test
    void anInterruptedCallerLeaves() {
        CountDownLatch left = new CountDownLatch(1);
        site.on("/page", out -> await(left, 20_000));
        Thread.currentThread().interrupt();
        PageFailure failure = catchThrowableOfType(PageFailure.class, () -> fetcher.fetch(site.url("/page"), AMPLE));
        assertThat(Thread.interrupted()).isTrue();
        left.countDown();
        assertThat(failure.kind()).isEqualTo(Kind.CANCELLED);
    }

    @Test
    void whatASiteKeepsFromProgramsIsFetchedOnlyWhenAskedFor() {
        site.on("/robots.txt", "text/plain", "User-agent: *\nDisallow: /private\n")
                .on("/private/page", "text/plain", "x")
                .on("/page", "text/plain", "y");
        assertThat(fetcher.fetchUnasked(site.url("/page"), AMPLE).body()).containsExactly('y');
        assertThat(catchThrowableOfType(PageFailure.class, () -> fetcher.fetchUnasked(site.url("/private/page"), AMPLE))
                        .kind())
                .isEqualTo(Kind.ROBOTS);
        assertThat(fetcher.fetch(site.url("/private/page"), AMPLE).body()).containsExactly('x');
        assertThat(site.requests.stream().filter(head -> head.startsWith("GET /robots.txt")))
                .hasSize(1);
    }

    @Test
    void aSiteWithoutWishesIsRead() {
        site.on("/page", "text/plain", "y");
        assertThat(fetcher.fetchUnasked(site.url("/page"), AMPLE).body()).containsExactly('y');
    }

    private static LoopbackSite.Answer packed(String packing, byte[] body) {
        return out -> {
            out.write(LoopbackSite.head(
                    200, "Content-Type: text/html", "Content-Encoding: " + packing, "Content-Length: " + body.length));
            out.write(body);
        };
    }

    private static byte[] zipped(int length) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream zip = new GZIPOutputStream(bytes)) {
            byte[] zeros = new byte[1 << 16];
            for (int left = length; left > 0; left -= zeros.length) {
                zip.write(zeros, 0, Math.min(left, zeros.length));
            }
        }
        return bytes.toByteArray();
    }

    private static void writeUntilTheyLeave(OutputStream out, CountDownLatch left) {
        try {
            byte[] block = new byte[1 << 16];
            while (true) {
                out.write(block);
            }
        } catch (IOException e) {
            left.countDown();
        }
    }

    private static boolean await(CountDownLatch latch) {
        return await(latch, 30_000);
    }

    private static boolean await(CountDownLatch latch, long millis) {
        try {
            return latch.await(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            return false;
        }
    }
}
