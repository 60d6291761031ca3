package ai.orchestrator.server.config;

import ai.orchestrator.plugin.Settings;
import ai.orchestrator.server.config.AccessConfig.ApiKey;
import ai.orchestrator.server.config.ServerConfig.RateLimit;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * Gives the tree its types; the names of all settings that are not a plugin's are here, in {@link DownloadReader}, {@link LibraryReader},
 * {@link EngineReader} and {@link MoneyReader}.
 */
final class ConfigReader {
    private static final long MB = 1L << 20;
    private static final long MAX_BODY = 1024 * MB;
    private static final Pattern KIND = Pattern.compile("[a-z][a-z0-9-]{0,63}");
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");
    private static final String NAME_RULE = "expected up to 64 letters, digits, '.', '_' and '-'";
    private static final Pattern KEY = Pattern.compile("[!-~]{8,512}");
    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9.:_-]{1,253}");

    private final List<String> notices;
    private final Origins origins;
    private final boolean cloudOff;

    /** @param cloudOff whether the environment keeps every request on this machine */
    ConfigReader(List<String> notices, Origins origins, boolean cloudOff) {
        this.notices = notices;
        this.origins = origins;
        this.cloudOff = cloudOff;
    }

    OrchestratorConfig read(Section root) {
        ServerConfig server = root.section("server", this::server);
        if (server.exposed() && server.access().keys().isEmpty()) {
            notices.add("listening on " + server.host() + " without API keys: whoever reaches port " + server.port()
                    + " can use this server");
        }
        List<ServiceConfig> models = services(root, "models");
        return new OrchestratorConfig(
                server,
                root.section("cache", this::cache),
                models,
                root.section("calls", section -> CallReader.read(section, models)),
                services(root, "embeddings"),
                root.section("search", this::search),
                root.openSection("classifier", this::service),
                root.settings().text("routes", "routes.yaml"),
                root.section("legacy", this::legacy),
                new MoneyReader(server.access()).read(root),
                unique(root.sections("downloads", DownloadReader::read), DownloadConfig::name, root, "downloads"),
                root.section("library", LibraryReader::read),
                root.section("engine", EngineReader::read),
                root.section("plugins", plugins -> plugins.settings().text("folder", "plugins")),
                notices,
                origins);
    }

    private ServerConfig server(Section section) {
        Settings settings = section.settings();
        String host = settings.text("host", "127.0.0.1");
        if (!HOST.matcher(host).matches()) {
            throw section.bad("host", "expected the name or address to listen on, without a port");
        }
        return new ServerConfig(
                host,
                (int) settings.number("port", 5732, 0, 65_535),
                bodySize(section, "max_body", 64 * MB),
                bodySize(section, "legacy_max_body", 2 * MB),
                settings.texts("origins"),
                settings.texts("hosts"),
                settings.duration("shutdown_grace", Duration.ofSeconds(10)),
                section.section("rate_limit", this::rateLimit),
                (int) settings.number("max_requests", 1024, 1, 1_000_000),
                access(section),
                new CloudConfig(settings.flag("no_cloud", false), cloudOff));
    }

    private static AccessConfig access(Section section) {
        Settings settings = section.settings();
        List<ApiKey> keys = section.sections("api_keys", ConfigReader::apiKey);
        if (keys.stream().map(ApiKey::key).distinct().count() < keys.size()) {
            throw section.bad("api_keys", "a key is there twice");
        }
        return new AccessConfig(
                keys, settings.flag("require_on_loopback", false), settings.flag("require_behind_proxy", true));
    }

    private static ApiKey apiKey(Section section) {
        String key = section.settings().text("key");
        if (!KEY.matcher(key).matches()) {
            throw section.bad("key", "expected 8 to 512 printable characters without spaces");
        }
        String tenant = section.settings().text("tenant");
        if (!NAME.matcher(tenant).matches()) {
            throw section.bad("tenant", NAME_RULE);
        }
        return new ApiKey(key, tenant, section.settings().flag("admin", false));
    }

    private Optional<RateLimit> rateLimit(Section section) {
        Settings settings = section.settings();
        int requests = (int) settings.number("requests", 0, 0, Integer.MAX_VALUE);
        Duration period = positive(section, "period", Duration.ofMinutes(1));
        return requests == 0 ? Optional.empty() : Optional.of(new RateLimit(requests, period));
    }

    private CacheConfig cache(Section section) {
        return new CacheConfig(
                services(section, "tiers"),
                (int) section.settings().number("write_queue", 1024, 1, 1_000_000),
                decimal(section, "probability", 1).orElse(1));
    }

    private SearchConfig search(Section section) {
        return new SearchConfig(
                services(section, "engines"),
                positive(section, "deadline", Duration.ofSeconds(4)),
                (int) section.settings().number("max_results", 5, 1, 50),
                section.section("fetch", FetchReader::read));
    }

    private LegacyConfig legacy(Section section) {
        return new LegacyConfig(
                section.settings().optionalText("model"),
                decimal(section, "temperature", 2).orElse(0.7),
                decimal(section, "top_p", 1),
                (int) section.settings().number("max_tokens", 2048, 1, Integer.MAX_VALUE));
    }

    private List<ServiceConfig> services(Section section, String name) {
        return unique(section.openSections(name, this::service), ServiceConfig::name, section, name);
    }

    private ServiceConfig service(Section section) {
        String kind = section.settings().text("kind");
        if (!KIND.matcher(kind).matches()) {
            throw section.bad("kind", "expected lower-case letters, digits and '-'");
        }
        String name = section.settings().text("name", kind);
        if (!NAME.matcher(name).matches()) {
            throw section.bad("name", NAME_RULE);
        }
        boolean optional = section.settings().flag("optional", false);
        return new ServiceConfig(kind, name, optional, section.rest(), section.path());
    }

    private static <T> List<T> unique(List<T> items, Function<T, String> name, Section section, String list) {
        Set<String> names = new HashSet<>();
        for (int i = 0; i < items.size(); i++) {
            String found = name.apply(items.get(i));
            if (!names.add(found)) {
                throw section.bad(
                        list + "[" + i + "]", "the name '" + found + "' is taken: give each entry its own 'name'");
            }
        }
        return items;
    }

    private static long bodySize(Section section, String name, long fallback) {
        long size = section.settings().bytes(name, fallback);
        if (size < 1 || size > MAX_BODY) {
            throw section.bad(name, "expected 1 byte to 1GB");
        }
        return size;
    }

    private static Duration positive(Section section, String name, Duration fallback) {
        Duration duration = section.settings().duration(name, fallback);
        if (duration.isZero()) {
            throw section.bad(name, "expected more than 0");
        }
        return duration;
    }

    private static OptionalDouble decimal(Section section, String name, int max) {
        Optional<BigDecimal> number = section.settings().decimal(name);
        number.ifPresent(value -> {
            if (value.signum() < 0 || value.compareTo(BigDecimal.valueOf(max)) > 0) {
                throw section.bad(name, "expected 0 to " + max + ", found " + value);
            }
        });
        return number.map(value -> OptionalDouble.of(value.doubleValue())).orElse(OptionalDouble.empty());
    }
}
