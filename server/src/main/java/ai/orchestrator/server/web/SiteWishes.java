package ai.orchestrator.server.web;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import crawlercommons.robots.BaseRobotRules;
import crawlercommons.robots.SimpleRobotRulesParser;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import okhttp3.HttpUrl;

/** What sites say in {@code robots.txt} about programs that read them, remembered for an hour. */
final class SiteWishes {
    private static final Duration KEPT = Duration.ofHours(1);
    private static final int MOST_SITES = 1_000;

    private final Set<String> names;
    private final Cache<HttpUrl, BaseRobotRules> sites =
            Caffeine.newBuilder().maximumSize(MOST_SITES).expireAfterWrite(KEPT).build();

    /** @param name what sites call this program, in small letters */
    SiteWishes(String name) {
        this.names = Set.of(name);
    }

    /**
     * Whether the site has nothing against the page being read.
     *
     * @param fetch gets {@code robots.txt}; what it throws is thrown on
     */
    boolean allow(HttpUrl page, Function<HttpUrl, Reply> fetch) {
        HttpUrl file = new HttpUrl.Builder()
                .scheme(page.scheme())
                .host(page.host())
                .port(page.port())
                .addPathSegment("robots.txt")
                .build();
        BaseRobotRules rules = Optional.ofNullable(sites.getIfPresent(file)).orElseGet(() -> {
            BaseRobotRules read = read(file, fetch.apply(file));
            sites.put(file, read);
            return read;
        });
        return rules.isAllowed(page.toString());
    }

    private BaseRobotRules read(HttpUrl file, Reply reply) {
        SimpleRobotRulesParser parser = new SimpleRobotRulesParser();
        return reply.status() == 200
                ? parser.parseContent(file.toString(), reply.body(), "text/plain", names)
                : parser.failedFetch(reply.status());
    }
}
