package ai.orchestrator.server.keys;

import static org.assertj.core.api.Assertions.assertThat;

import ai.orchestrator.plugin.model.ModelInfo;
import ai.orchestrator.plugin.model.SamplingOptions;
import ai.orchestrator.server.harness.WholeServer;
import ai.orchestrator.server.orchestration.RequestFingerprint;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Which model answers, by which rule, and for whom, is part of a key. */
class IdentityTest {
    private static final String AUTO = "{\"model\":\"auto\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}";
    private static final String LOCAL = AUTO.replace("auto", "local");

    private KeyServer server = new KeyServer();

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void allSpellingsOfAModelsNameAreOneModel() {
        RequestFingerprint key = key(LOCAL);
        for (String name :
                List.of("LOCAL", "local:latest", "Local:Latest", "library/local", "registry.ollama.ai/library/local")) {
            assertThat(key(LOCAL.replace("local", name))).as(name).isEqualTo(key);
        }
        assertThat(key(LOCAL.replace("local", "tuned"))).isNotEqualTo(key);
    }

    @Test
    void aModelPulledAnewIsAnotherModel() {
        RequestFingerprint key = key(LOCAL);
        RequestFingerprint auto = key(AUTO);
        pull("local:latest", "1");

        assertThat(key(LOCAL)).isNotEqualTo(key);
        assertThat(key(AUTO)).isNotEqualTo(auto);
    }

    @Test
    void autoGoesWithEveryModelThatMayAnswerAndNoOther() {
        RequestFingerprint auto = key(AUTO);
        pull("tuned:latest", "1");
        assertThat(key(AUTO)).isEqualTo(auto);
        pull("able:latest", "2");
        assertThat(key(AUTO)).isNotEqualTo(auto);
    }

    @Test
    void autoGoesWithTheRulesThatMayChooseTheModel() {
        RequestFingerprint auto = key(AUTO);
        assertSame(WholeServer.ROUTES, auto);
        assertSame(WholeServer.ROUTES.replace("name: easy", "name: simple"), auto);
        assertSame("routes:\n  - {name: other, when: {model: tuned}, then: {model: able}}\n" + rulesOnly(), auto);
        assertOther(WholeServer.ROUTES.replace("{model: able}", "{model: tuned}"), auto);
        assertOther(WholeServer.ROUTES.replace("{model: able}", "{model: able, search: true}"), auto);
        assertOther(WholeServer.ROUTES.replace("{model: able}", "{model: able, fallbacks: local}"), auto);
        assertOther(WholeServer.ROUTES.replace("[low, medium]", "[low]"), auto);
    }

    @Test
    void aHeaderCountsWhereARuleRoutesByIt() {
        restart("routes:\n  - {name: vip, when: {model: [auto, local], headers: {x-team: gold}}, then: {model: able}}\n"
                + rulesOnly());

        for (String body : List.of(AUTO, LOCAL)) {
            RequestFingerprint key = key(body);
            assertThat(key(body, "X-Team", "gold")).isNotEqualTo(key);
            assertThat(key(body, "X-Team", "silver")).isEqualTo(key);
        }
    }

    @Test
    void whetherARuleSearchesCountsForANamedModelToo() {
        RequestFingerprint key = key(LOCAL);
        restart(
                "routes:\n  - {name: facts, when: {model: local, headers: {x-facts: \"yes\"}}, then: {model: requested, search: true}}\n"
                        + rulesOnly());

        assertThat(key(LOCAL)).isEqualTo(key);
        assertThat(key(LOCAL, "X-Facts", "yes")).isNotEqualTo(key);
    }

    @Test
    void aModelThatARuleMayPassOnToCountsBesideTheOneThatIsNamed() {
        restart("routes:\n  - {name: up, when: {model: local, complexity: high}, then: {model: able}}\n" + rulesOnly());
        RequestFingerprint key = key(LOCAL);

        pull("able:latest", "1");
        RequestFingerprint passedOn = key(LOCAL);
        assertThat(passedOn).isNotEqualTo(key);
        pull("local:latest", "2");
        assertThat(key(LOCAL)).isNotEqualTo(passedOn);
    }

    @Test
    void aTemperatureThatARuleRoutesByCountsEvenAtItsDefault() {
        restart("routes:\n  - {name: wild, when: {temperature_above: 0.5}, then: {model: tuned}}\n" + rulesOnly());
        String written = LOCAL.replace("}]", "}],\"options\":{\"temperature\":0.8}");

        assertThat(key(written)).isNotEqualTo(key(LOCAL));
    }

    private void assertSame(String routes, RequestFingerprint auto) {
        restart(routes);
        assertThat(key(AUTO)).as(routes).isEqualTo(auto);
    }

    private void assertOther(String routes, RequestFingerprint auto) {
        restart(routes);
        assertThat(key(AUTO)).as(routes).isNotEqualTo(auto);
    }

    private void restart(String routes) {
        server.close();
        server = new KeyServer(routes);
    }

    private static String rulesOnly() {
        return WholeServer.ROUTES.substring(WholeServer.ROUTES.indexOf('\n') + 1);
    }

    private RequestFingerprint key(String body, String... headers) {
        return server.key("/api/chat", body, headers);
    }

    /** Gives the model another digest, as a pull of a newer one does. */
    private void pull(String name, String digit) {
        ModelInfo old = server.server.catalog.find(name).orElseThrow();
        server.server.catalog.models.remove(old);
        server.server.catalog.models.add(
                WholeServer.withDefaults(old, digit.repeat(64), old.defaults().orElse(SamplingOptions.defaults())));
    }
}
