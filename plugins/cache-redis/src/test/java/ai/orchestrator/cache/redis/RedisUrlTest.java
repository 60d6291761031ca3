package ai.orchestrator.cache.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ai.orchestrator.cache.redis.RedisAddress.Kind;
import ai.orchestrator.plugin.InvalidSettingException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import redis.clients.jedis.HostAndPort;

class RedisUrlTest {
    @ParameterizedTest
    @CsvSource({
        "redis://h, SINGLE, false, h:6379, 0, NONE, NONE",
        "redis://h/, SINGLE, false, h:6379, 0, NONE, NONE",
        "redis://my_redis.local:1/15, SINGLE, false, my_redis.local:1, 15, NONE, NONE",
        "rediss://[::1]:2, SINGLE, true, [::1]:2, 0, NONE, NONE",
        "redis://secret@h, SINGLE, false, h:6379, 0, NONE, secret",
        "redis://:secret@h, SINGLE, false, h:6379, 0, NONE, secret",
        "redis://u:p%40s%3As%2Fw+r%20d%25@h, SINGLE, false, h:6379, 0, u, p@s:s/w+r d%",
        "redis://u%3Av:%C3%A4@h, SINGLE, false, h:6379, 0, u:v, ä",
        "'redis-cluster://a,b:7000,[::1]:7001', CLUSTER, false, 'a:6379, b:7000, [::1]:7001', 0, NONE, NONE",
        "rediss-cluster://u:p@a/0, CLUSTER, true, a:6379, 0, u, p",
    })
    void readsTheUrl(String url, Kind kind, boolean tls, String hosts, int database, String user, String password) {
        RedisAddress address = RedisUrl.parse(url, RedisLogin.NONE);

        assertThat(address.kind()).isEqualTo(kind);
        assertThat(address.tls()).isEqualTo(tls);
        assertThat(address).hasToString(hosts);
        assertThat(address.database()).isEqualTo(database);
        assertThat(address.login().user()).isEqualTo(text(user));
        assertThat(address.login().password()).isEqualTo(text(password));
    }

    @Test
    void readsAllOfASentinelUrl() {
        RedisAddress address = RedisUrl.parse(
                "rediss-sentinel://u:p@s1,s2:1/3?master=my%20main&sentinel_user=su&sentinel_password=s%26p",
                RedisLogin.NONE);

        assertThat(address)
                .isEqualTo(new RedisAddress(
                        Kind.SENTINEL,
                        true,
                        List.of(new HostAndPort("s1", 26379), new HostAndPort("s2", 1)),
                        3,
                        "my main",
                        new RedisLogin(Optional.of("u"), Optional.of("p")),
                        new RedisLogin(Optional.of("su"), Optional.of("s&p"))));
    }

    @Test
    void takesTheSentinelsLoginFromTheSettingsBesideTheUrlToo() {
        RedisLogin beside = new RedisLogin(Optional.of("su"), Optional.of("sp"));

        assertThat(RedisUrl.parse("redis-sentinel://s?master=m", beside).sentinelLogin())
                .isEqualTo(beside);
        refused("sentinel_user", "redis-sentinel://s?master=m&sentinel_user=x", beside);
        refused(
                "sentinel_password",
                "redis-sentinel://s?master=m&sentinel_password=x",
                new RedisLogin(Optional.empty(), Optional.of("sp")));
        refused("sentinel_user", "redis://h", beside);
        refused("sentinel_password", "redis-cluster://h", new RedisLogin(Optional.empty(), Optional.of("sp")));
        refused(
                "sentinel_password",
                "redis-sentinel://s?master=m",
                new RedisLogin(Optional.of("su"), Optional.empty()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "secret",
                "localhost:6379",
                "http://u:secret@localhost",
                "redis+sentinel://secret@h",
                "REDIS://secret@h",
                "redis://",
                "redis://:secret@",
                "redis://@h",
                "redis://:@h",
                "redis://secret:@h",
                "redis://u:secret:x@h",
                "redis://u:sec ret@h",
                "redis://u:secret%4@h",
                "redis://u:secret%zz@h",
                "redis://u:secret@h:port",
                "redis://u:secret@h:0",
                "redis://u:secret@h:65536",
                "redis://u:secret@h:123456",
                "redis://u:se@cret@h",
                "redis://secret@a,b",
                "redis://secret@h,",
                "redis://secret@[::1",
                "redis://h/secret",
                "redis://h/-1",
                "redis://h/1/secret",
                "redis://h/1?secret=1",
                "redis://h/1#secret",
                "redis-cluster://secret@a/1",
                "redis-cluster://secret@a?master=m",
                "redis-sentinel://secret@a",
                "redis-sentinel://secret@a?",
                "redis-sentinel://secret@a?master=",
                "redis-sentinel://secret@a?master",
                "redis-sentinel://secret@a?master=m&master=n",
                "redis-sentinel://secret@a?master=m&secret=n",
                "redis-sentinel://secret@a?master=m%",
            })
    void refusesABadUrlWithoutRepeatingIt(String url) {
        assertThat(refused("url", url, RedisLogin.NONE))
                .startsWith("url: expected ")
                .doesNotContain("secret");
    }

    @Test
    void showsNoSecret() {
        RedisAddress address =
                RedisUrl.parse("redis-sentinel://user:secret@h?master=m&sentinel_password=secret", RedisLogin.NONE);

        assertThat(address.toString() + address.login() + address.sentinelLogin())
                .doesNotContain("secret", "user");
    }

    private static String refused(String setting, String url, RedisLogin beside) {
        InvalidSettingException[] refusal = new InvalidSettingException[1];
        assertThatExceptionOfType(InvalidSettingException.class)
                .isThrownBy(() -> RedisUrl.parse(url, beside))
                .withNoCause()
                .satisfies(e -> assertThat(e.setting()).isEqualTo(setting))
                .satisfies(e -> refusal[0] = e);
        return String.valueOf(refusal[0].getMessage());
    }

    private static Optional<String> text(String text) {
        return Optional.of(text).filter(value -> !value.equals("NONE"));
    }
}
