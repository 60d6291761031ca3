package ai.orchestrator.server.cache;

import static org.assertj.core.api.Assertions.assertThat;

import ai.orchestrator.plugin.cache.CacheKey;
import ai.orchestrator.plugin.model.FinishReason;
import ai.orchestrator.plugin.model.ModelEvent;
import ai.orchestrator.plugin.model.RemoteOrigin;
import ai.orchestrator.plugin.model.TokenLogprob;
import ai.orchestrator.plugin.model.ToolCall;
import ai.orchestrator.plugin.model.Usage;
import ai.orchestrator.server.orchestration.RequestFingerprint;
import ai.orchestrator.server.orchestration.Source;
import ai.orchestrator.server.orchestration.StoredAnswer;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class EntryCodecTest {
    private static final RequestFingerprint REQUEST = fingerprint((byte) 7);
    private static final Usage USAGE = new Usage(
            12,
            3,
            45,
            Duration.ofMillis(5),
            Duration.ofMillis(6),
            Duration.ofMillis(7),
            Optional.of(new BigDecimal("0.0000315")),
            "vendor/model-20260901");

    private static final Usage LOCAL = new Usage(
            1234,
            1000,
            4567,
            Duration.ofNanos(57_025),
            Duration.ofNanos(394_295_817),
            Duration.ofNanos(10_191_802_286L),
            Optional.empty(),
            "");

    @Test
    void keepsEveryPartOfAnAnswer() {
        StoredAnswer answer = new StoredAnswer(
                "openrouter/auto:latest",
                Optional.of(new RemoteOrigin("openrouter/auto", "https://example.org")),
                "high",
                "local=2",
                Instant.ofEpochMilli(1_790_000_000_123L),
                List.of(
                        new ModelEvent.Think("hm"),
                        new ModelEvent.Text("Grüße 🙂"),
                        new ModelEvent.Call(new ToolCall("call_1", "weather", "{\"b\":1,\"a\":2}")),
                        new ModelEvent.Finished(FinishReason.TOOL_CALLS, USAGE, "END")),
                List.of(new Source(1, "https://example.org/a", "A")));

        assertThat(EntryCodec.decode(REQUEST, EntryCodec.encode(REQUEST, answer)))
                .contains(answer);
    }

    @Test
    void keepsWhenAnAnswerExpires() {
        StoredAnswer plain = answer(List.of(new ModelEvent.Finished(FinishReason.STOP, USAGE)));
        StoredAnswer expiring = new StoredAnswer(
                plain.model(),
                plain.remote(),
                plain.route(),
                plain.search(),
                plain.createdAt(),
                plain.events(),
                plain.sources(),
                Optional.of(Instant.ofEpochMilli(1_790_000_600_123L)));
        byte[] body = EntryCodec.encode(REQUEST, expiring);

        assertThat(EntryCodec.decode(REQUEST, body)).contains(expiring);
        assertThat(EntryCodec.isSound(body)).isTrue();
        assertThat(EntryCodec.decode(fingerprint((byte) 8), body)).isEmpty();
        assertThat(EntryCodec.encode(REQUEST, plain)[0])
                .as("one that never expires is readable for servers that know no other")
                .isEqualTo((byte) 1);
        assertThat(body[0]).as("one that does is not").isEqualTo((byte) 2);
    }

    /** With the 190 bytes that the memory tier takes beside a body, an answer costs at most 1.3 times its UTF-8 bytes plus 300. */
    @Property(tries = 300)
    void isCompact(@ForAll @Size(max = 2_000) List<@StringLength(min = 1, max = 6) String> tokens) {
        List<ModelEvent> events = new ArrayList<>();
        tokens.stream()
                .map(EntryCodecTest::wellFormed)
                .filter(token -> !token.isEmpty())
                .forEach(token -> events.add(new ModelEvent.Text(token)));
        events.add(new ModelEvent.Finished(FinishReason.STOP, LOCAL));
        int text = text(events).getBytes(StandardCharsets.UTF_8).length;

        assertThat(EntryCodec.encode(REQUEST, answer(events)).length).isLessThanOrEqualTo((int) (1.3 * text) + 110);
    }

    @Property
    void theTextIsTheSameHoweverItWasCut(@ForAll @Size(max = 200) List<String> pieces) {
        List<ModelEvent> events = new ArrayList<>();
        pieces.stream()
                .map(EntryCodecTest::wellFormed)
                .filter(piece -> !piece.isEmpty())
                .forEach(piece -> events.add(new ModelEvent.Text(piece)));
        events.add(new ModelEvent.Finished(FinishReason.STOP, USAGE));
        StoredAnswer answer = answer(events);

        StoredAnswer read =
                EntryCodec.decode(REQUEST, EntryCodec.encode(REQUEST, answer)).orElseThrow();
        assertThat(text(read.events())).isEqualTo(text(events));
        assertThat(read.finished()).isEqualTo(answer.finished());
    }

    @Property(tries = 300)
    void aChangedByteOrAMissingEndIsNoEntry(@ForAll int position, @ForAll byte change) {
        byte[] body = EntryCodec.encode(
                REQUEST,
                answer(List.of(new ModelEvent.Text("an answer"), new ModelEvent.Finished(FinishReason.STOP, USAGE))));
        int at = Math.floorMod(position, body.length);
        byte[] changed = body.clone();
        changed[at] ^= change == 0 ? 1 : change;

        assertThat(EntryCodec.decode(REQUEST, changed)).isEmpty();
        assertThat(EntryCodec.decode(REQUEST, Arrays.copyOf(body, at))).isEmpty();
    }

    @Property
    void anyBytesAreRefused(@ForAll byte[] bytes) {
        assertThat(EntryCodec.decode(REQUEST, bytes)).isEmpty();
    }

    @Test
    void anotherRequestsEntryIsNoHitEvenUnderTheSameKey() {
        byte[] body = EntryCodec.encode(REQUEST, answer(List.of(new ModelEvent.Finished(FinishReason.STOP, USAGE))));

        assertThat(EntryCodec.decode(fingerprint((byte) 8), body)).isEmpty();
    }

    @Test
    void theTokensProbabilitiesAreKept() {
        TokenLogprob token = new TokenLogprob(
                "\uFFFD", -0.25, List.of(0xf0, 0x9f), List.of(new TokenLogprob.Alternative("a", -1.5e-7, List.of(97))));
        StoredAnswer answer = answer(List.of(
                new ModelEvent.Text("no tokens"),
                new ModelEvent.Text("one", List.of(token)),
                new ModelEvent.Text("two", List.of(token, token)),
                new ModelEvent.Finished(FinishReason.STOP, USAGE)));

        assertThat(EntryCodec.decode(REQUEST, EntryCodec.encode(REQUEST, answer)))
                .contains(answer);
    }

    @Test
    void costsLittleMoreThanItsText() {
        List<ModelEvent> events = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            events.add(new ModelEvent.Text("word "));
        }
        events.add(new ModelEvent.Finished(FinishReason.STOP, USAGE));

        assertThat(EntryCodec.encode(REQUEST, answer(events)).length).isLessThan((int) (5_000 * 1.3) + 300);
    }

    private static StoredAnswer answer(List<ModelEvent> events) {
        return new StoredAnswer("m:latest", Optional.empty(), "r", "", Instant.ofEpochMilli(1), events, List.of());
    }

    private static RequestFingerprint fingerprint(byte fill) {
        byte[] sha256 = new byte[32];
        Arrays.fill(sha256, fill);
        return new RequestFingerprint(new CacheKey(1, 2), sha256);
    }

    private static String wellFormed(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }

    private static String text(List<ModelEvent> events) {
        StringBuilder text = new StringBuilder();
        for (ModelEvent event : events) {
            if (event instanceof ModelEvent.Text(String piece, var _)) {
                text.append(piece);
            }
        }
        return text.toString();
    }
}
