package ai.orchestrator.cache.redis;

import ai.orchestrator.cache.redis.RedisAddress.Kind;
import ai.orchestrator.plugin.InvalidSettingException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import redis.clients.jedis.HostAndPort;

/** Reads the setting {@code url}. What is refused is never repeated: it may hold a password. */
final class RedisUrl {
    private static final Pattern FORM = Pattern.compile(
            "(?<scheme>rediss?(?:-sentinel|-cluster)?)://(?:(?<login>[^@/?#\\s]*)@)?(?<hosts>[^@/?#\\s]+)"
                    + "(?:/(?<database>[^/?#\\s]*))?(?:\\?(?<query>[^?#\\s]*))?");
    private static final Pattern HOST = Pattern.compile("(\\[[0-9A-Fa-f:.]+]|[A-Za-z0-9._-]+)(?::(\\d{1,5}))?");
    private static final Pattern DATABASE = Pattern.compile("\\d{1,5}");
    private static final int PORT = 6379;
    private static final int SENTINEL_PORT = 26379;
    private static final String MASTER = "master";
    private static final Set<String> SENTINEL_PARAMETERS = Set.of(MASTER, "sentinel_user", "sentinel_password");

    private final Kind kind;
    private final Matcher parts;

    private RedisUrl(Kind kind, Matcher parts) {
        this.kind = kind;
        this.parts = parts;
    }

    /**
     * @param sentinelLogin of the settings beside {@code url}
     * @throws InvalidSettingException for {@code url} or for a setting that contradicts it
     */
    static RedisAddress parse(String url, RedisLogin sentinelLogin) {
        Matcher parts = FORM.matcher(url);
        if (!parts.matches()) {
            throw bad(
                    "expected redis://[[user:]password@]host[:port][/database], redis-sentinel://…host:port,host:port[/database]?master=NAME"
                            + " or redis-cluster://…host:port,host:port, with an s after redis for TLS, and special characters in user and"
                            + " password percent-encoded");
        }
        String scheme = parts.group("scheme");
        Kind kind =
                scheme.endsWith("-sentinel") ? Kind.SENTINEL : scheme.endsWith("-cluster") ? Kind.CLUSTER : Kind.SINGLE;
        return new RedisUrl(kind, parts).address(scheme.startsWith("rediss"), sentinelLogin);
    }

    private RedisAddress address(boolean tls, RedisLogin besideUrl) {
        Map<String, String> query = query();
        RedisLogin inUrl = new RedisLogin(
                Optional.ofNullable(query.get("sentinel_user")), Optional.ofNullable(query.get("sentinel_password")));
        RedisLogin sentinel = new RedisLogin(
                one("sentinel_user", inUrl.user(), besideUrl.user()),
                one("sentinel_password", inUrl.password(), besideUrl.password()));
        String master = query.getOrDefault(MASTER, "");
        if (kind == Kind.SENTINEL && master.isEmpty()) {
            throw bad("expected ?master=NAME at its end: the name that the Sentinels know the master by");
        }
        if (kind != Kind.SENTINEL && besideUrl.user().or(besideUrl::password).isPresent()) {
            throw new InvalidSettingException(
                    besideUrl.user().isPresent() ? "sentinel_user" : "sentinel_password",
                    "is only for a url that begins with redis-sentinel:// or rediss-sentinel://");
        }
        if (sentinel.user().isPresent() && sentinel.password().isEmpty()) {
            throw new InvalidSettingException("sentinel_password", "is required beside sentinel_user");
        }
        return new RedisAddress(kind, tls, hosts(), database(), master, login(), sentinel);
    }

    private List<HostAndPort> hosts() {
        String[] texts = parts.group("hosts").split(",", -1);
        if (kind == Kind.SINGLE && texts.length > 1) {
            throw bad("expected one host: several are for redis-sentinel:// and redis-cluster://");
        }
        List<HostAndPort> hosts = new ArrayList<>();
        for (String text : texts) {
            Matcher host = HOST.matcher(text);
            if (!host.matches()) {
                throw bad("expected hosts as name, name:port or [IPv6 address]:port, with commas between");
            }
            int port = host.group(2) != null
                    ? Integer.parseInt(host.group(2))
                    : kind == Kind.SENTINEL ? SENTINEL_PORT : PORT;
            if (port < 1 || port > 65535) {
                throw bad("expected a port from 1 to 65535");
            }
            hosts.add(new HostAndPort(host.group(1), port));
        }
        return List.copyOf(hosts);
    }

    private int database() {
        String text = parts.group("database");
        if (text == null || text.isEmpty()) {
            return 0;
        }
        if (!DATABASE.matcher(text).matches()) {
            throw bad("expected a number after the slash: the database");
        }
        int database = Integer.parseInt(text);
        if (kind == Kind.CLUSTER && database > 0) {
            throw bad("expected no database: a cluster has none but 0");
        }
        return database;
    }

    private RedisLogin login() {
        String text = parts.group("login");
        if (text == null) {
            return RedisLogin.NONE;
        }
        int colon = text.indexOf(':');
        String user = decode(text.substring(0, Math.max(0, colon)));
        String password = decode(text.substring(colon + 1));
        if (password.isEmpty() || text.indexOf(':', colon + 1) >= 0 && colon >= 0) {
            throw bad("expected password@ or user:password@ before the host, each percent-encoded");
        }
        return new RedisLogin(Optional.of(user).filter(name -> !name.isEmpty()), Optional.of(password));
    }

    private Map<String, String> query() {
        Map<String, String> values = new HashMap<>();
        String text = parts.group("query");
        if (text == null || text.isEmpty()) {
            return values;
        }
        if (kind != Kind.SENTINEL) {
            throw bad("expected nothing after a question mark, which is for redis-sentinel://");
        }
        for (String parameter : text.split("&", -1)) {
            int equals = parameter.indexOf('=');
            String name = parameter.substring(0, Math.max(0, equals));
            String value = decode(parameter.substring(equals + 1));
            if (!SENTINEL_PARAMETERS.contains(name) || value.isEmpty() || values.put(name, value) != null) {
                throw bad(
                        "expected master, sentinel_user and sentinel_password after the question mark, each at most once");
            }
        }
        return values;
    }

    private static Optional<String> one(String name, Optional<String> inUrl, Optional<String> besideUrl) {
        if (inUrl.isPresent() && besideUrl.isPresent()) {
            throw new InvalidSettingException(name, "is there twice: in the url, too");
        }
        return inUrl.or(() -> besideUrl);
    }

    private static String decode(String text) {
        try {
            return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw bad("expected two hexadecimal digits after each percent sign");
        }
    }

    private static InvalidSettingException bad(String expected) {
        return new InvalidSettingException("url", expected);
    }
}
