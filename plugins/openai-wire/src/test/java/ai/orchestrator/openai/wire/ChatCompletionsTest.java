package ai.orchestrator.openai.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ai.orchestrator.plugin.FailureCode;
import ai.orchestrator.plugin.Hops;
import ai.orchestrator.plugin.PluginFailure;
import ai.orchestrator.plugin.model.ModelEvent;
import ai.orchestrator.plugin.model.ModelRequest;
import ai.orchestrator.plugin.model.Prompt;
import ai.orchestrator.testkit.ModelEventRecorder;
import ai.orchestrator.testkit.fakes.FakeUpstream;
import ai.orchestrator.testkit.fakes.RecordedCall;
import ai.orchestrator.testkit.fakes.Reply;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(value = 2, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ChatCompletionsTest {
    private static final String PATH = "/chat/completions";
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final Duration SHORT = Duration.ofMillis(300);
    /** Longer than a test may take, so that nothing passes because a timeout came to its help. */
    private static final Timeouts PATIENT = new Timeouts(
            Duration.ofMinutes(10), Duration.ofMinutes(10), Duration.ofMinutes(10), Duration.ofMinutes(10));

    private final FakeUpstream fake = new FakeUpstream(0, "/v1");
    private final ModelEventRecorder events = new ModelEventRecorder();

    @AfterEach
    void stopFake() {
        fake.close();
    }

    @Test
    void asksAndReads() {
        fake.next(PATH, Reply.frames(Frames.text("Hel"), Frames.text("lo"), Frames.finish("stop"), Frames.usage()));
        ask(PATIENT);

        assertThat(events.text()).isEqualTo("Hello");
        RecordedCall call = fake.calls(PATH).getFirst();
        assertThat(call.method()).isEqualTo("POST");
        assertThat(call.header("Authorization")).contains("Bearer sk-secret");
        assertThat(call.header("User-Agent")).contains("test/1");
        assertThat(call.header("Content-Type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("application/json"));
        assertThat(call.header("Upgrade")).isEmpty();
        assertThat(call.body()).contains("\"stream\":true");
    }

    @Test
    void readsPiecesSplitAnywhere() {
        String stream = "data: " + Frames.text("Grüße 🚀") + "\r\n\r\n: ping\r\n\r\ndata: " + Frames.finish("stop")
                + "\r\n\r\ndata: [DONE]\r\n\r\n";
        List<byte[]> bytes = new ArrayList<>();
        for (byte one : stream.getBytes(StandardCharsets.UTF_8)) {
            bytes.add(new byte[] {one});
        }
        fake.next(PATH, Reply.bytes(bytes));
        ask(PATIENT);
        assertThat(events.text()).isEqualTo("Grüße 🚀");
    }

    @Test
    void passesOverWhatFollowsTheEndMark() {
        fake.next(
                PATH,
                Reply.raw(
                        "data: " + Frames.text("a") + "\n\ndata: " + Frames.finish("stop"),
                        "\n\ndata: [DONE]\n\nrest{"));
        ask(PATIENT);
        assertThat(events.text()).isEqualTo("a");
        assertThat(events.finished()).isNotNull();
    }

    @Test
    void understandsAReplyThatIsNotStreamed() {
        fake.next(PATH, Reply.json(200, """
                {"choices":[{"finish_reason":"stop","message":{"content":"whole"}}],"usage":{"prompt_tokens":1,"completion_tokens":1}}"""));
        ask(PATIENT);
        assertThat(events.text()).isEqualTo("whole");
    }

    @Test
    void findsAnErrorUnderStatus200() {
        fake.next(PATH, Reply.json(200, "{\"error\":{\"code\":429,\"message\":\"slow down\"}}"));
        assertThat(failure(PATIENT).code()).isEqualTo(FailureCode.RATE_LIMITED);
    }

    @Test
    void readsAnErrorBeforeTheFirstPiece() {
        fake.next(PATH, Reply.json(503, "{\"error\":{\"code\":503,\"message\":\"later\"}}", "Retry-After", "4"));
        PluginFailure failure = failure(PATIENT);
        assertThat(failure.code()).isEqualTo(FailureCode.UNAVAILABLE);
        assertThat(failure.retryAfter()).contains(Duration.ofSeconds(4));
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 503})
    void asksOnlyOnce(int status) {
        fake.always(PATH, Reply.json(status, "{\"error\":{\"code\":" + status + "}}", "Retry-After", "0"));
        assertThat(failure(PATIENT)).isInstanceOf(PluginFailure.Retriable.class);
        assertThat(fake.calls(PATH)).hasSize(1);
    }

    @Test
    void doesNotShowAPageOfHtml() {
        fake.next(PATH, Reply.whole(502, "text/html", "<html><body>secret innards</body></html>"));
        assertThat(failure(PATIENT))
                .isInstanceOf(PluginFailure.Retriable.class)
                .hasMessageNotContaining("html")
                .hasMessageContaining("502");
    }

    @Test
    void refusesAPageOfHtmlUnderStatus200() {
        fake.next(PATH, Reply.whole(200, "text/html", "<html></html>"));
        assertThat(failure(PATIENT).code()).isEqualTo(FailureCode.BAD_REPLY);
    }

    @Test
    void refusesAFrameThatIsNoJson() {
        fake.next(PATH, Reply.frames("{\"choices\":[{"));
        assertThat(failure(PATIENT).code()).isEqualTo(FailureCode.BAD_REPLY);
    }

    @Test
    void followsNoRedirect() {
        fake.next(PATH, Reply.json(307, "", "Location", fake.url() + "/elsewhere"));
        assertThat(failure(PATIENT).code()).isEqualTo(FailureCode.BAD_REPLY);
        assertThat(fake.calls("/elsewhere")).isEmpty();
    }

    @Test
    void tellsAStreamThatEndsTooEarly() {
        fake.next(PATH, Reply.raw("data: " + Frames.text("Hel") + "\n\n"));
        assertThat(failure(PATIENT).code()).isEqualTo(FailureCode.BROKEN_OFF);
        assertThat(events.text()).isEqualTo("Hel");
    }

    @Test
    void readsAnErrorThatOnlyItsEventMarks() {
        fake.next(
                PATH,
                Reply.raw("data: " + Frames.text("Hel")
                        + "\n\nevent: error\ndata: {\"type\":\"overloaded_error\",\"message\":\"busy\"}\n\n"));
        PluginFailure failure = failure(PATIENT);
        assertThat(failure.code()).isEqualTo(FailureCode.OVERLOADED);
        assertThat(failure).hasMessageContaining("busy");
    }

    @Test
    void tellsTheFarSideWhichServersTheRequestHasPassed() {
        fake.always(PATH, Reply.frames(Frames.text("a"), Frames.finish("stop")));
        ask(PATIENT);
        Hops.run("hop-1 hop-2", () -> ask(PATIENT));

        assertThat(fake.calls(PATH).getFirst().header(Hops.HEADER)).isEmpty();
        assertThat(fake.calls(PATH).getLast().header(Hops.HEADER)).contains("hop-1 hop-2");
    }

    @Test
    void tellsALoop() {
        fake.next(PATH, Reply.json(508, "{\"error\":{\"message\":\"been here\"}}"));
        PluginFailure failure = failure(PATIENT);
        assertThat(failure).isInstanceOf(PluginFailure.Permanent.class).hasMessageContaining("been here");
        assertThat(failure.code()).isEqualTo(FailureCode.LOOP);
    }

    @Test
    void tellsAConnectionThatBreaks() {
        fake.next(PATH, Reply.broken(Frames.text("Hel")));
        assertThat(failure(PATIENT).code()).isEqualTo(FailureCode.BROKEN_OFF);
        assertThat(events.text()).isEqualTo("Hel");
    }

    @Test
    void hasTheAnswerWhenTheConnectionBreaksAfterItsEnd() {
        fake.next(PATH, Reply.broken(Frames.text("Hello"), Frames.finish("stop"), Frames.usage()));
        ask(PATIENT);
        assertThat(events.finished().usage().completionTokens()).isEqualTo(2);
    }

    @Test
    void tellsAServerThatIsNotThere() throws IOException {
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        PluginFailure failure = failure(URI.create("http://127.0.0.1:" + port), PATIENT);
        assertThat(failure.code()).isEqualTo(FailureCode.UNAVAILABLE);
        assertThat(failure).hasMessage("127.0.0.1:" + port + " cannot be reached");
    }

    @Test
    void tellsAConnectionThatClosesWithoutAnAnswer() throws Exception {
        try (ServerSocket socket = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
                ExecutorService server = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Integer> closing = server.submit(() -> {
                try (Socket accepted = socket.accept()) {
                    return accepted.getInputStream().read();
                }
            });
            PluginFailure failure = failure(URI.create("http://127.0.0.1:" + socket.getLocalPort()), PATIENT);
            assertThat(failure.code()).isEqualTo(FailureCode.UNAVAILABLE);
            assertThat(closing).succeedsWithin(LONG);
        }
    }

    @Test
    void tellsAServerThatClosesEachConnectionAtOnce() throws Exception {
        try (ServerSocket socket = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
                ExecutorService server = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<?> closing = server.submit(() -> {
                while (!socket.isClosed()) {
                    socket.accept().close();
                }
                return null;
            });
            PluginFailure failure = failure(URI.create("http://127.0.0.1:" + socket.getLocalPort()), PATIENT);
            assertThat(failure.code()).isEqualTo(FailureCode.UNAVAILABLE);
            socket.close();
            assertThat(closing).failsWithin(LONG);
        }
    }

    @Test
    void doesNotWaitForEverForTheFirstByte() {
        fake.next(PATH, Reply.silent());
        PluginFailure failure = failure(new Timeouts(LONG, SHORT, LONG, LONG));
        assertThat(failure.code()).isEqualTo(FailureCode.TIMEOUT);
        assertThat(failure).hasMessageContaining("did not begin to answer within 300 ms");
    }

    @Test
    void doesNotWaitForEverForTheNextPiece() {
        fake.next(PATH, Reply.stalledAfter(Frames.text("Hel")));
        PluginFailure failure = failure(new Timeouts(LONG, LONG, SHORT, LONG));
        assertThat(failure.code()).isEqualTo(FailureCode.TIMEOUT);
        assertThat(failure).hasMessageContaining("stopped in the midst");
        assertThat(events.text()).isEqualTo("Hel");
    }

    @Test
    void countsCommentsAsSignsOfLife() {
        String ping = ": ping\n\n";
        fake.next(PATH, (call, out) -> {
            out.head(200, "text/event-stream");
            for (int i = 0; i < 10 && !out.closingWithin(Duration.ofMillis(200)); i++) {
                out.write(ping);
            }
            out.event(Frames.text("late"));
            out.event(Frames.finish("stop"));
        });
        ask(new Timeouts(LONG, LONG, Duration.ofMillis(1_500), LONG));
        assertThat(events.text()).isEqualTo("late");
    }

    @Test
    void endsADripAtTheDeadline() throws InterruptedException {
        fake.next(PATH, Reply.endless(": ping\n\n", Duration.ofMillis(20)));
        PluginFailure failure = failure(new Timeouts(LONG, LONG, LONG, SHORT));
        assertThat(failure.code()).isEqualTo(FailureCode.TIMEOUT);
        assertThat(fake.calls(PATH).getFirst().awaitAbort(LONG)).isPresent();
    }

    @Test
    void hangsUpWhenTheReceiverLeavesInTheMidst() throws InterruptedException {
        fake.next(PATH, Reply.endless("data: " + Frames.text("more ") + "\n\n", Duration.ofMillis(20)));
        PluginFailure.Cancelled gone = new PluginFailure.Cancelled();
        ModelEventRecorder leaving = new ModelEventRecorder(event -> {
            throw gone;
        });
        try (ChatCompletions client = client(fake.url(), PATIENT)) {
            PluginFailure failure =
                    catchThrowableOfType(PluginFailure.class, () -> client.stream(request(), "acme/chat", leaving));
            assertThat(failure).isSameAs(gone);
            assertThat(fake.calls(PATH).getFirst().awaitAbort(LONG)).isPresent();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void hangsUpWhenCancelledWhileItWaits(boolean headSent) throws Exception {
        fake.next(PATH, headSent ? Reply.stalledAfter() : Reply.silent());
        try (ChatCompletions client = client(fake.url(), PATIENT);
                ExecutorService other = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<PluginFailure> running = other.submit(() ->
                    catchThrowableOfType(PluginFailure.class, () -> client.stream(request(), "acme/chat", events)));
            while (fake.calls(PATH).isEmpty()) {
                Thread.sleep(10);
            }
            events.cancel();
            assertThat(running.get()).isInstanceOf(PluginFailure.Cancelled.class);
        }
    }

    @Test
    void keepsTheConnectionForTheNextCall() {
        fake.always(PATH, (call, out) -> {
            out.head(200, "text/event-stream");
            out.event(Frames.text("a"));
            out.event(Frames.finish("stop"));
            out.event("[DONE]");
        });
        try (ChatCompletions client = client(fake.url(), PATIENT)) {
            for (int i = 0; i < 3; i++) {
                ModelEventRecorder each = new ModelEventRecorder();
                client.stream(request(), "acme/chat", each);
                assertThat(each.text()).isEqualTo("a");
            }
        }
        assertThat(fake.calls(PATH))
                .extracting(RecordedCall::clientPort)
                .containsOnly(fake.calls(PATH).getFirst().clientPort());
    }

    @Test
    void takesAFreshConnectionWhereTheFarSideClosedTheIdleOne() throws Exception {
        try (ServerSocket socket = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
                ExecutorService server = Executors.newVirtualThreadPerTaskExecutor();
                ChatCompletions client = client(URI.create("http://127.0.0.1:" + socket.getLocalPort()), PATIENT)) {
            for (int i = 0; i < 3; i++) {
                Future<?> once = server.submit(() -> answerAndClose(socket));
                ModelEventRecorder each = new ModelEventRecorder();
                client.stream(request(), "acme/chat", each);
                assertThat(each.text()).isEqualTo("whole");
                assertThat(once).succeedsWithin(LONG);
            }
        }
    }

    /** Answers the first request of a connection without a word of closing it, and closes it. */
    private static Void answerAndClose(ServerSocket socket) throws IOException {
        String body = "{\"choices\":[{\"finish_reason\":\"stop\",\"message\":{\"content\":\"whole\"}}]}";
        try (Socket accepted = socket.accept()) {
            InputStream in = accepted.getInputStream();
            String head = "";
            while (!head.endsWith("\r\n\r\n")) {
                head += (char) in.read();
            }
            Matcher length = Pattern.compile("(?i)content-length: (\\d+)").matcher(head);
            assertThat(length.find()).isTrue();
            in.readNBytes(Integer.parseInt(length.group(1)));
            accepted.getOutputStream()
                    .write(("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: " + body.length()
                                    + "\r\n\r\n" + body)
                            .getBytes(StandardCharsets.US_ASCII));
        }
        return null;
    }

    @Test
    @SuppressWarnings("try") // closed early, which is what is tested
    void endsCallsWhenItIsClosed() throws Exception {
        fake.next(PATH, Reply.stalledAfter(Frames.text("Hel")));
        try (ChatCompletions client = client(fake.url(), PATIENT);
                ExecutorService other = Executors.newVirtualThreadPerTaskExecutor()) {
            ModelEventRecorder waiting = new ModelEventRecorder(event -> client.close());
            Future<PluginFailure> running = other.submit(() ->
                    catchThrowableOfType(PluginFailure.class, () -> client.stream(request(), "acme/chat", waiting)));
            assertThat(running.get().code()).isEqualTo(FailureCode.UNAVAILABLE);
            assertThat(waiting.events()).noneMatch(ModelEvent.Finished.class::isInstance);
            PluginFailure after =
                    catchThrowableOfType(PluginFailure.class, () -> client.stream(request(), "acme/chat", events));
            assertThat(after.code()).isEqualTo(FailureCode.UNAVAILABLE);
        }
    }

    @Test
    void fetchesJson() {
        fake.next("/models", Reply.json(200, "{\"data\":[]}"));
        try (ChatCompletions client = client(fake.url(), PATIENT)) {
            assertThat(client.get("models?limit=5", LONG).has("data")).isTrue();
        }
        assertThat(fake.calls("/models").getFirst().query()).isEqualTo("limit=5");
    }

    @Test
    void asksForTheUsageNoMoreWhereThatIsRefused() {
        fake.next(PATH, Reply.json(422, """
                {"detail":[{"type":"extra_forbidden","loc":["body","stream_options"],"msg":"Extra inputs are not permitted"}]}"""));
        try (ChatCompletions client = client(fake.url(), PATIENT)) {
            for (int i = 0; i < 2; i++) {
                fake.next(PATH, Reply.frames(Frames.text("a"), Frames.text("b"), Frames.finish("stop")));
                ModelEventRecorder each = new ModelEventRecorder();
                client.stream(request(), "acme/chat", each);
                assertThat(each.text()).isEqualTo("ab");
                assertThat(each.finished().usage().completionTokens()).isEqualTo(2);
            }
        }
        assertThat(fake.calls(PATH)).hasSize(3);
        assertThat(fake.calls(PATH).getFirst().body()).contains("stream_options");
        assertThat(fake.calls(PATH).subList(1, 3)).noneMatch(call -> call.body().contains("stream_options"));
    }

    @Test
    void continuesText() {
        fake.next("/completions", Reply.frames("""
                {"choices":[{"index":0,"text":" upon","finish_reason":null}]}""", """
                {"choices":[{"index":0,"text":" a time","finish_reason":"length"}]}"""));
        try (ChatCompletions client = client(fake.url(), PATIENT)) {
            client.stream(ModelRequest.of("r1", "chat:latest", new Prompt.Raw("Once")), "acme/chat", events);
        }
        assertThat(events.text()).isEqualTo(" upon a time");
        assertThat(fake.calls("/completions").getFirst().body()).contains("\"prompt\":\"Once\"");
    }

    private static ModelRequest request() {
        return ModelRequest.of("r1", "chat:latest", Prompt.user("Hi"));
    }

    private static ChatCompletions client(URI url, Timeouts timeouts) {
        return new ChatCompletions(
                new Endpoint(url, Optional.of("sk-secret"), Map.of("User-Agent", "test/1"), timeouts),
                Dialects.generic());
    }

    private void ask(Timeouts timeouts) {
        try (ChatCompletions client = client(fake.url(), timeouts)) {
            client.stream(request(), "acme/chat", events);
        }
    }

    private PluginFailure failure(Timeouts timeouts) {
        return failure(fake.url(), timeouts);
    }

    private PluginFailure failure(URI url, Timeouts timeouts) {
        try (ChatCompletions client = client(url, timeouts)) {
            PluginFailure failure =
                    catchThrowableOfType(PluginFailure.class, () -> client.stream(request(), "acme/chat", events));
            assertThat(failure).isNotNull();
            assertThat(failure.getMessage()).doesNotContain("sk-secret");
            assertThat(events.events()).noneMatch(ModelEvent.Finished.class::isInstance);
            return failure;
        }
    }
}
