package ai.orchestrator.server.web;

import ai.orchestrator.server.web.PageFailure.Kind;
import java.nio.charset.Charset;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import okhttp3.Dns;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import org.jspecify.annotations.Nullable;

/**
 * Fetches pages of the public web whose URLs somebody else wrote. Every name is looked up once, all its addresses are checked, and nothing
 * else is connected to; the same for every redirect. 10 s in all, 2 MB unpacked; text, HTML, JSON, and what documents there are parsers for.
 */
public final class PageFetcher implements AutoCloseable {
    private static final Duration LONGEST = Duration.ofSeconds(10);
    private static final int MOST_REDIRECTS = 3;
    private static final Set<String> TYPES =
            Set.of("text/html", "text/plain", "application/xhtml+xml", "application/json");

    private static final Pattern ABSOLUTE = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*:");

    private final String userAgent;
    private final FetchRules rules;
    private final Dns names;
    private final Dialer dialer;
    private final Set<String> types;
    private final SiteWishes wishes;
    private @Nullable PageClient client;

    /** @param userAgent what this program calls itself: {@code name/version} */
    public PageFetcher(String userAgent, FetchRules rules) {
        this(userAgent, rules, Set.of());
    }

    /**
     * One that fetches documents, too.
     *
     * @param documents their media types
     */
    public PageFetcher(String userAgent, FetchRules rules, Set<String> documents) {
        this(userAgent, rules, new SystemNames(), Dialer.DIRECT, documents);
    }

    PageFetcher(String userAgent, FetchRules rules, Dns names, Dialer dialer) {
        this(userAgent, rules, names, dialer, Set.of());
    }

    private PageFetcher(String userAgent, FetchRules rules, Dns names, Dialer dialer, Set<String> documents) {
        this.userAgent = userAgent;
        this.rules = rules;
        this.names = names;
        this.dialer = dialer;
        this.types = Stream.concat(TYPES.stream(), documents.stream()).collect(Collectors.toUnmodifiableSet());
        this.wishes = new SiteWishes(userAgent.replaceFirst("/.*", "").toLowerCase(Locale.ROOT));
    }

    /**
     * A page that somebody asked for.
     *
     * @throws PageFailure if it may not be had, or cannot be
     */
    public FetchedPage fetch(String url, Duration within) {
        return fetch(url, within, false);
    }

    /**
     * A page that nobody asked for by name: as {@link #fetch}, but only where its site lets programs read it.
     *
     * @throws PageFailure if it may not be had, or cannot be
     */
    public FetchedPage fetchUnasked(String url, Duration within) {
        return fetch(url, within, true);
    }

    private FetchedPage fetch(String url, Duration within, boolean unasked) {
        long end = System.nanoTime() + (within.compareTo(LONGEST) < 0 ? within : LONGEST).toNanos();
        PageUrl at = PageUrl.of(url, rules);
        for (int redirects = 0; ; redirects++) {
            if (unasked) {
                requireWelcome(at.url(), end);
            }
            Reply reply = client().get(at, types, left(end));
            if (!reply.isRedirect()) {
                return page(at, reply);
            }
            at = next(at, reply, redirects);
        }
    }

    private void requireWelcome(HttpUrl page, long end) {
        if (!wishes.allow(page, file -> robots(file, end))) {
            throw new PageFailure(Kind.ROBOTS, "The page's site does not want programs to read it.");
        }
    }

    /** The site's {@code robots.txt}, which may be elsewhere, too; one that is no text says nothing. */
    private Reply robots(HttpUrl file, long end) {
        PageUrl at = PageUrl.of(file.toString(), rules);
        try {
            Reply reply = client().get(at, TYPES, left(end));
            for (int redirects = 0; reply.isRedirect(); redirects++) {
                at = next(at, reply, redirects);
                reply = client().get(at, TYPES, left(end));
            }
            return reply;
        } catch (PageFailure e) {
            if (e.kind() == Kind.WRONG_TYPE || e.kind() == Kind.TOO_LARGE || e.kind() == Kind.REDIRECT) {
                return new Reply(404, Optional.empty(), Optional.empty(), new byte[0]);
            }
            throw e;
        }
    }

    private PageUrl next(PageUrl at, Reply reply, int redirects) {
        if (redirects == MOST_REDIRECTS) {
            throw new PageFailure(Kind.REDIRECT, "The page was moved more than " + MOST_REDIRECTS + " times.");
        }
        String location = reply.location().orElse("");
        if (location.indexOf('\\') >= 0 || location.chars().anyMatch(c -> c <= ' ')) {
            throw new PageFailure(Kind.BAD_URL, "The page was moved to a URL that cannot be read without doubt.");
        }
        HttpUrl target = Optional.ofNullable(at.url().resolve(location))
                .orElseThrow(
                        () -> new PageFailure(Kind.BAD_URL, "The page was moved to what is no http or https URL."));
        if (at.url().isHttps() && !target.isHttps()) {
            throw new PageFailure(Kind.REDIRECT, "The page was moved from https to http, which is not followed.");
        }
        // an absolute one as it was sent, so that what a parser makes of it hides nothing from the checks
        return PageUrl.of(ABSOLUTE.matcher(location).lookingAt() ? location : target.toString(), rules);
    }

    private static FetchedPage page(PageUrl at, Reply reply) {
        if (reply.status() != 200) {
            throw new PageFailure(Kind.STATUS, "The page answered with status " + reply.status() + ".");
        }
        MediaType type = reply.type().orElseThrow();
        Optional<String> charset =
                Optional.ofNullable(type.parameter("charset")).filter(PageFetcher::isKnown);
        return new FetchedPage(at.url().toString(), PageReception.name(type), charset, reply.body());
    }

    private static boolean isKnown(String charset) {
        try {
            return Charset.isSupported(charset);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static Duration left(long end) {
        return Duration.ofNanos(end - System.nanoTime());
    }

    /** Made when it is first needed: many a server never is asked for a page. */
    private synchronized PageClient client() {
        PageClient made = client;
        if (made == null) {
            made = new PageClient(userAgent, names, dialer);
            client = made;
        }
        return made;
    }

    @Override
    public synchronized void close() {
        Optional.ofNullable(client).ifPresent(PageClient::close);
        if (names instanceof SystemNames own) {
            own.close();
        }
    }
}
