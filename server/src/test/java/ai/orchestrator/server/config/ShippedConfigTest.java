package ai.orchestrator.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is shipped in {@code config}. */
class ShippedConfigTest {
    private static final Path REPOSITORY =
            Path.of("").toAbsolutePath().resolve("..").normalize();

    @TempDir
    Path home;

    @Test
    void theShippedFileIsRight() {
        OrchestratorConfig config = ConfigLoader.load(REPOSITORY, Map.of(), ListenAddress.NONE);

        assertThat(config.server().url()).isEqualTo("http://127.0.0.1:5732");
        assertThat(config.cache().tiers()).extracting(ServiceConfig::kind).containsExactly("memory", "redis", "sqlite");
        assertThat(config.models()).extracting(ServiceConfig::kind).containsExactly("llamacpp", "openrouter");
        assertThat(config.search().engines()).extracting(ServiceConfig::kind).containsExactly("local");
        assertThat(config.downloads())
                .filteredOn(DownloadConfig::byDefault)
                .extracting(DownloadConfig::name)
                .containsExactly("smollm2:135m");
        assertThat(config.notices()).isEmpty();
    }

    @Test
    void everyExampleVariableIsTaken() throws IOException {
        for (String line : Files.readAllLines(REPOSITORY.resolve("config/.env.example"))) {
            Matcher example = Pattern.compile("#([A-Z_]+)=(.*)").matcher(line);
            if (example.matches()) {
                OrchestratorConfig config =
                        ConfigLoader.load(REPOSITORY, Map.of(example.group(1), example.group(2)), ListenAddress.NONE);
                assertThat(config.notices()).as(line).isEmpty();
            }
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/properties | %s: x",
                "/properties/server/properties | server: {%s: x}",
                "/properties/server/properties/rate_limit/properties | server: {rate_limit: {%s: x}}",
                "/properties/server/properties/api_keys/items/properties | server: {api_keys: [{key: long-enough, tenant: a, %s: x}]}",
                "/properties/cache/properties | cache: {%s: x}",
                "/properties/search/properties | search: {%s: x}",
                "/properties/budgets/items/properties | budgets: [{per: day, usd: 1, %s: x}]",
                "/properties/costs/properties | costs: {%s: x}",
                "/properties/costs/properties/assumed_price/properties | costs: {assumed_price: {%s: x}}",
                "/properties/legacy/properties | legacy: {%s: x}",
                "/properties/downloads/items/properties | downloads: [{name: a, file: b, %s: x}]",
                "/properties/downloads/items/properties/sources/items/properties | downloads: [{name: a, file: b, sources: [{%s: x}]}]",
                "/properties/library/properties | library: {%s: x}",
                "/properties/library/properties/registries/items/properties | library: {registries: [{host: a, url: 'https://b', %s: x}]}",
                "/properties/plugins/properties | plugins: {%s: x}",
            })
    void theSchemaKnowsTheSameKeysAsTheReader(String pointer, String yaml) throws IOException {
        JsonNode properties = new ObjectMapper()
                .readTree(REPOSITORY.resolve("config/orchestrator.schema.json").toFile())
                .at(pointer);
        Set<String> inSchema = new TreeSet<>();
        properties.fieldNames().forEachRemaining(inSchema::add);

        ConfigException fault = catchThrowableOfType(
                ConfigException.class, () -> ConfigFolder.load(home, yaml.formatted("zzzzzzzzzzzzzzzz")));
        String keys = fault.getMessage().replaceFirst(".*expected one of: ", "");
        assertThat(new TreeSet<>(List.of(keys.split(", ", -1)))).isEqualTo(inSchema);
    }

    @Test
    void theProductsVersionIsThePoms() throws IOException {
        String pom = Files.readString(REPOSITORY.resolve("pom.xml"));

        assertThat(Arrays.stream(pom.split("<version>", 3)).skip(1).findFirst())
                .hasValueSatisfying(rest -> assertThat(rest).startsWith(Product.VERSION + "</version>"));
    }
}
