package ai.orchestrator.server.routing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LanguagesTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            en | What is the capital of France, and how many people live there?
            de | Wie hoch ist der höchste Berg in Österreich?
            fr | Quelle est la capitale de l'Allemagne ?
            es | ¿Cuál es la montaña más alta de España y cuánto mide?
            it | Qual è la capitale della Francia?
            nl | Wat is de hoofdstad van Frankrijk?
            zh | 法国的首都是什么？
            ja | 日本の首都はどこですか
            ar | ما هي عاصمة فرنسا؟
            ru | Какая самая длинная река в Европе и где она начинается?
            """)
    void aSentenceTellsItsLanguage(String language, String text) {
        assertThat(Languages.detector().of(text)).contains(language);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "2+2?", "42", "   ", "🙂🙂", "ok"})
    void whatHasHardlyALetterHasNone(String text) {
        assertThat(Languages.detector().of(text)).isEmpty();
    }

    @Test
    void aRuleMayLookAtIt() {
        YamlRoutingRules rules = YamlRoutingRules.parse("routes.yaml", """
                routes:
                  - {name: german, when: {language: [de, nl]}, then: {model: leo}}
                  - {name: auto, when: {model: auto}, then: {model: small}}
                  - {name: rest, then: {model: requested}}
                """, Map.of());

        assertThat(rules.plan(Requests.asking("auto", "Wie hoch ist der höchste Berg in Österreich?"), Optional.empty())
                        .route())
                .isEqualTo("german");
        assertThat(rules.plan(Requests.asking("auto", "How high is the highest mountain of Austria?"), Optional.empty())
                        .route())
                .isEqualTo("auto");
    }
}
