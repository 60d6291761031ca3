package ai.orchestrator.cache.redis;

import static ai.orchestrator.cache.redis.FakeRedis.ascii;
import static ai.orchestrator.cache.redis.Redis.ENTRY;
import static ai.orchestrator.cache.redis.Redis.KEY;
import static ai.orchestrator.cache.redis.Redis.LONG;
import static ai.orchestrator.cache.redis.Redis.failure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import ai.orchestrator.plugin.FailureCode;
import ai.orchestrator.plugin.Health.State;
import ai.orchestrator.plugin.PluginFailure;
import ai.orchestrator.plugin.cache.CacheEntry;
import ai.orchestrator.plugin.cache.CacheKey;
import ai.orchestrator.plugin.cache.CacheSelector;
import ai.orchestrator.plugin.cache.CacheTier;
import ai.orchestrator.plugin.cache.NewEntry;
import ai.orchestrator.testkit.Eventually;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A server that answers with something else: calls fail, no connection is used again or lost, and no wrong value is ever given. */
class GarbageTest {
    private static final int POOL = 2;
    private static final CacheKey OTHER_KEY = new CacheKey(3, 4);
    private static final CacheEntry OTHER_ENTRY = Redis.entry("another body", "m", "t");

    private final FakeRedis server = new FakeRedis();
    private CacheTier tier;

    @BeforeEach
    void open() {
        server.store(KEY, ENTRY);
        server.store(OTHER_KEY, OTHER_ENTRY);
        tier = Redis.tier(Map.of("url", server.url(), "pool_size", POOL, "timeout", "1s", "deadline", "1s"));
        Eventually.await("the first contact", () -> tier.health().state() == State.UP);
    }

    @AfterEach
    void close() throws Exception {
        tier.close();
        server.close();
    }

    static Stream<Arguments> garbage() {
        byte[] random = new byte[5000];
        new Random(7).nextBytes(random);
        random[0] = 'x';
        return Stream.of(
                argumentSet("a huge text", (Object) ascii("$2147483647\r\n")),
                argumentSet("a text beyond an int", (Object) ascii("$99999999999\r\n")),
                argumentSet("a text beyond a long", (Object) ascii("$99999999999999999999999\r\n")),
                argumentSet("a text of less than nothing", (Object) ascii("$-5\r\n")),
                argumentSet("a text longer than announced", (Object) ascii("$3\r\nabcdef\r\n")),
                argumentSet("a length that is none", (Object) ascii("$3x\r\nabc\r\n")),
                argumentSet("a huge list", (Object) ascii("*2147483647\r\n")),
                argumentSet("a list of less than nothing", (Object) ascii("*-7\r\n")),
                argumentSet("nested lists", (Object) ascii("*1\r\n".repeat(100_000))),
                argumentSet("HTTP", (Object) ascii("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n")),
                argumentSet("random bytes", (Object) random),
                argumentSet("a line without an end", (Object) ascii("+" + "a".repeat(100_000))),
                argumentSet("a line with half an end", (Object) ascii("+a\rb\r\n")),
                argumentSet("a number that is none", (Object) ascii(":1e5\r\n")),
                argumentSet("a number for a text", (Object) ascii(":5\r\n")),
                argumentSet("a list for a text", (Object) ascii("*1\r\n$1\r\na\r\n")),
                argumentSet("an empty line", (Object) ascii("\r\n")));
    }

    @ParameterizedTest
    @MethodSource("garbage")
    void failsTheLookupAndNothingElse(byte[] garbage) {
        server.answerLookups(garbage);

        for (int i = 0; i < 3 * POOL; i++) {
            PluginFailure failure = failure(FailureCode.BAD_REPLY, () -> tier.get(KEY));
            assertThat(failure).isInstanceOf(PluginFailure.Retriable.class);
            assertThat(failure).hasMessage("Redis answers with what is no reply of Redis.");
        }
        assertThat(server.open()).isLessThanOrEqualTo(POOL + 1); // one may be on its way out

        server.answerProperly();
        assertAllIsWell();
    }

    @Test
    void failsEveryKindOfCall() {
        garbage().map(arguments -> (byte[]) arguments.get()[0]).forEach(garbage -> {
            server.answer((command, key, out) -> out.write(garbage));

            failure(FailureCode.BAD_REPLY, () -> tier.get(KEY));
            failure(FailureCode.BAD_REPLY, () -> tier.put(KEY, ENTRY, LONG));
            failure(FailureCode.BAD_REPLY, () -> tier.putAll(batch()));
            failure(FailureCode.BAD_REPLY, () -> tier.remove(KEY));
            failure(FailureCode.BAD_REPLY, () -> tier.removeAll(new CacheSelector.All()));
            failure(FailureCode.BAD_REPLY, () -> tier.removeAll(new CacheSelector.ByTag("t")));
            assertThat(tier.health().state()).isEqualTo(State.DOWN);
        });

        server.answerProperly();
        Eventually.await("recovery without a call", () -> tier.health().state() == State.UP);
        assertAllIsWell();
    }

    @Test
    void saysNothingOfWhatAnErrorHolds() {
        server.answerLookups(ascii("-secret things\r\n"));
        assertThat(failure(FailureCode.UNAVAILABLE, () -> tier.get(KEY))).hasMessage("Redis answers with an error.");

        server.answerLookups(ascii("-MOVED garbage\r\n"));
        failure(FailureCode.UNAVAILABLE, () -> tier.get(KEY));

        server.answerProperly();
        assertAllIsWell();
    }

    @Test
    void doesNotWaitForAReplyThatComesByteByByte() throws Exception {
        try (CacheTier impatient =
                Redis.tier(Map.of("url", server.url(), "pool_size", 1, "timeout", "2s", "deadline", "100ms"))) {
            Eventually.await("an answer", () -> Redis.lookUp(impatient, KEY).isPresent());
            for (String start : List.of("$100000\r\n", "+")) {
                server.answer((command, key, out) -> trickle(ascii(start + "a".repeat(10_000)), out));
                failure(FailureCode.TIMEOUT, () -> impatient.get(KEY));
            }

            server.answerProperly();
            Eventually.await("an answer", () -> Redis.lookUp(impatient, KEY).isPresent());
        }
        Eventually.await("its connections to be closed", () -> server.open() <= POOL);
    }

    @Test
    void doesNotWaitForALoginThatIsAnsweredByteByByte() throws Exception {
        String url = "redis://user:secret@127.0.0.1:" + server.port();
        server.answer((command, key, out) -> trickle(ascii("+" + "a".repeat(10_000)), out));
        try (CacheTier loggingIn =
                Redis.tier(Map.of("url", url, "pool_size", 1, "timeout", "50ms", "deadline", "50ms"))) {
            for (int i = 0; i < 3; i++) {
                failure(FailureCode.TIMEOUT, () -> loggingIn.get(KEY));
            }

            server.answerProperly();
            Eventually.await("recovery", () -> loggingIn.health().state() == State.UP);
            assertThat(loggingIn.get(KEY)).contains(ENTRY);
        }
        Eventually.await("its connections to be closed", () -> server.open() <= POOL);
    }

    @Test
    void neverTakesTheSecondOfTwoRepliesForTheNextAnswer() {
        byte[] two = concat(server.value(KEY), server.value(OTHER_KEY));
        server.answerLookups(two);

        for (int i = 0; i < 20; i++) {
            assertThat(Redis.lookUp(tier, KEY)).isIn(Optional.of(ENTRY), Optional.empty());
        }
        assertThat(server.open()).isLessThanOrEqualTo(POOL + 1);
        server.answerProperly();
        assertAllIsWell();
    }

    @Test
    void neverTakesAnAnswerToAnEarlierQuestion() {
        AtomicInteger lookups = new AtomicInteger();
        byte[][] late = {server.value(OTHER_KEY), server.value(KEY)};
        server.answer((command, key, out) -> {
            if (command.equals("GET")) {
                out.write(late[lookups.getAndIncrement() % 2]);
            } else {
                server.properly(command, key, out);
            }
        });

        for (int i = 0; i < 50; i++) {
            assertThat(Redis.lookUp(tier, KEY)).isIn(Optional.of(ENTRY), Optional.empty());
            assertThat(Redis.lookUp(tier, OTHER_KEY)).isIn(Optional.of(OTHER_ENTRY), Optional.empty());
        }
        assertThat(lookups).hasValueGreaterThan(100);
    }

    @Test
    void keepsConnectionsThatNothingHappenedTo() {
        for (int i = 0; i < 50; i++) {
            tier.get(KEY);
            tier.put(OTHER_KEY, OTHER_ENTRY, LONG);
            tier.get(new CacheKey(9, i));
        }
        assertThat(server.open()).isLessThanOrEqualTo(POOL);
    }

    private static List<NewEntry> batch() {
        return List.of(new NewEntry(KEY, ENTRY, LONG), new NewEntry(OTHER_KEY, OTHER_ENTRY, LONG));
    }

    /** As often as there could be connections that are lost, or out of step. */
    private void assertAllIsWell() {
        server.store(KEY, ENTRY);
        for (int i = 0; i < 3 * POOL; i++) {
            assertThat(tier.get(KEY)).contains(ENTRY);
            assertThat(tier.get(OTHER_KEY)).contains(OTHER_ENTRY);
        }
        Eventually.await("no connection too many", () -> server.open() <= POOL);
        assertThat(tier.health().state()).isEqualTo(State.UP);
    }

    private static void trickle(byte[] bytes, OutputStream out) throws IOException {
        for (byte b : bytes) {
            out.write(b);
            out.flush();
            try {
                Thread.sleep(10);
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
        }
    }

    private static byte[] concat(byte[] one, byte[] other) {
        byte[] both = Arrays.copyOf(one, one.length + other.length);
        System.arraycopy(other, 0, both, one.length, other.length);
        return both;
    }
}
