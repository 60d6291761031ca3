package ai.orchestrator.server.config;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Reads {@code search}. */
final class SearchReader {
    private static final BigDecimal MAX_WEIGHT = BigDecimal.valueOf(100);
    private static final Pattern HOST = Pattern.compile(
            "(?:[\\p{L}\\p{N}](?:[\\p{L}\\p{N}-]{0,61}[\\p{L}\\p{N}])?\\.)*[\\p{L}\\p{N}][\\p{L}\\p{N}-]{0,62}");

    private record Engine(ServiceConfig service, double weight) {}

    private final Function<Section, ServiceConfig> service;

    /** @param service reads what an engine has in common with other services; called last, since it takes the rest for the plugin's */
    SearchReader(Function<Section, ServiceConfig> service) {
        this.service = service;
    }

    SearchConfig read(Section section) {
        List<Engine> engines = ConfigReader.unique(
                section.openSections("engines", this::engine),
                engine -> engine.service().name(),
                section,
                "engines");
        Map<String, Double> weights = new HashMap<>();
        engines.forEach(engine -> weights.put(engine.service().name(), engine.weight()));
        return new SearchConfig(
                engines.stream().map(Engine::service).toList(),
                weights,
                ConfigReader.positive(section, "deadline", Duration.ofSeconds(4)),
                (int) section.settings().number("max_results", 5, 1, 50),
                hosts(section, "allow_hosts"),
                hosts(section, "block_hosts"),
                section.section("fetch", FetchReader::read),
                section.openSection("reranker", service));
    }

    private Engine engine(Section section) {
        Optional<BigDecimal> weight = section.settings().decimal("weight");
        weight.ifPresent(value -> {
            if (value.signum() <= 0 || value.compareTo(MAX_WEIGHT) > 0) {
                throw section.bad("weight", "expected more than 0 and at most " + MAX_WEIGHT + ", found " + value);
            }
        });
        return new Engine(
                service.apply(section), weight.map(BigDecimal::doubleValue).orElse(1.0));
    }

    private static List<String> hosts(Section section, String name) {
        return section.settings().texts(name).stream()
                .map(host -> {
                    if (host.length() > 253 || !HOST.matcher(host).matches()) {
                        throw section.bad(
                                name,
                                "expected names of hosts such as example.org, without scheme, port, path or *; found '"
                                        + host + "'");
                    }
                    return host.toLowerCase(Locale.ROOT);
                })
                .toList();
    }
}
