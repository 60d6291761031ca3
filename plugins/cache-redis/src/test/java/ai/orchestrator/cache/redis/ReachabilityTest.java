package ai.orchestrator.cache.redis;

import static org.assertj.core.api.Assertions.assertThat;

import ai.orchestrator.plugin.FailureCode;
import ai.orchestrator.plugin.Health;
import ai.orchestrator.plugin.Health.State;
import ai.orchestrator.testkit.LogRecorder;
import java.net.SocketTimeoutException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;

class ReachabilityTest {
    private static final HostAndPort ONE = new HostAndPort("one", 1);
    private static final HostAndPort TWO = new HostAndPort("two", 2);
    private static final RedisFault TIMEOUT = RedisFault.of(new JedisConnectionException(new SocketTimeoutException()));
    private static final RedisFault AWAY = RedisFault.of(new JedisConnectionException("away"));
    private static final RedisFault FULL = RedisFault.of(new JedisDataException("OOM command not allowed"));

    private final Reachability reachability = new Reachability();
    private final LogRecorder log = new LogRecorder(Reachability.class);

    @AfterEach
    void close() {
        log.close();
    }

    @Test
    void startsUnknown() {
        assertThat(reachability.health()).isEqualTo(Health.starting("Redis was not asked yet."));
        assertThat(reachability.isAmiss()).isTrue();
    }

    @Test
    void takesThreeTimeoutsInARowForAnOutage() {
        reachability.answered(ONE, false);
        for (int i = 0; i < 10; i++) {
            reachability.failed(ONE, TIMEOUT);
            reachability.failed(ONE, TIMEOUT);
            assertThat(reachability.health()).isEqualTo(Health.up());
            reachability.answered(ONE, false);
        }
        reachability.failed(ONE, TIMEOUT);
        reachability.failed(ONE, TIMEOUT);
        reachability.failed(ONE, TIMEOUT);

        assertThat(reachability.health()).isEqualTo(Health.down("Redis at one:1 does not answer in time."));
        assertThat(log.levels()).containsExactly("INFO", "WARN");
    }

    @Test
    void doesNotFillTheLogWithAServerThatComesAndGoes() {
        for (int i = 0; i < 100; i++) {
            reachability.answered(ONE, true);
            reachability.failed(ONE, AWAY);
            assertThat(reachability.health().state()).isEqualTo(State.DOWN);
        }
        reachability.answered(ONE, true);
        assertThat(reachability.health()).isEqualTo(Health.up());
        reachability.failed(ONE, FULL);

        assertThat(log.lines())
                .containsExactly(
                        "Redis at one:1 answers",
                        "Redis at one:1 cannot be reached. Answers are not shared through it until that is over.",
                        "Redis at one:1 answers",
                        "Redis at one:1 is full and stores nothing more. Answers are not shared through it until that is over.");
    }

    @Test
    void isReadOnlyUntilSomethingIsWritten() {
        reachability.answered(ONE, true);
        reachability.failed(ONE, FULL);
        reachability.failed(ONE, TIMEOUT);
        reachability.answered(ONE, false);
        assertThat(reachability.health().state()).isEqualTo(State.DEGRADED);

        reachability.answered(ONE, true);
        assertThat(reachability.health()).isEqualTo(Health.up());
    }

    @Test
    void isDegradedWhereOneOfSeveralIsAway() {
        reachability.answered(ONE, true);
        reachability.failed(TWO, AWAY);
        assertThat(reachability.health()).isEqualTo(Health.degraded("Redis at two:2 cannot be reached."));

        reachability.failed(ONE, AWAY);
        assertThat(reachability.health())
                .isEqualTo(Health.down("Redis at one:1 cannot be reached. Redis at two:2 cannot be reached."));

        reachability.keepOnly(List.of(TWO));
        reachability.answered(TWO, false);
        reachability.advise("Set this.");
        assertThat(reachability.health()).isEqualTo(new Health(State.UP, "Set this."));
        assertThat(reachability.isAmiss()).isFalse();
    }

    @Test
    void saysWhereNobodyKnowsAnyServer() {
        RedisFault lost = RedisFault.of(new UnknownServerException("cannot be found: s:1 is no Sentinel"));
        assertThat(lost.code()).isEqualTo(FailureCode.UNAVAILABLE);
        reachability.lost(lost);
        reachability.lost(lost);
        assertThat(reachability.health()).isEqualTo(Health.down("Redis cannot be found: s:1 is no Sentinel."));

        reachability.answered(ONE, false);
        assertThat(reachability.health().state()).isEqualTo(State.UP);
        assertThat(reachability.health().detail()).isEqualTo("Redis cannot be found: s:1 is no Sentinel.");
        assertThat(reachability.isAmiss()).isTrue();
        assertThat(log.levels()).containsExactly("WARN", "INFO");
    }
}
