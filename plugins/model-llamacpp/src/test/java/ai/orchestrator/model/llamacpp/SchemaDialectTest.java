package ai.orchestrator.model.llamacpp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.orchestrator.plugin.PluginFailure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SchemaDialectTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '`',
            value = {
                "^[A-Z]{3}-[0-9]{2}$ ~ ^[A-Z]{3}-[0-9]{2}$",
                "^\\d+\\.\\d$ ~ ^[0-9]+\\.[0-9]$",
                "^\\S$ ~ ^[^ \"\\\\\\x00-\\x1F]$",
                "^[\\w.\\-]+@x$ ~ ^[A-Za-z0-9_.\\x2D]+@x$",
                "^a\\-b\\/c$ ~ ^a-b/c$",
                "^.$ ~ ^[^\"\\\\\\x00-\\x1F]$",
                "^[^x]$ ~ ^[^\"\\\\\\x00-\\x1Fx]$",
                "^(?:a|b)$ ~ ^(a|b)$",
                "^ab ~ ^(ab)[^\"\\\\\\x00-\\x1F]*$",
                "ab$ ~ ^[^\"\\\\\\x00-\\x1F]*(ab)$",
                "^(?!a).*$ ~ ^(?!a)[^\"\\\\\\x00-\\x1F]*$",
                "^ ~ ^[^\"\\\\\\x00-\\x1F]*$",
                "[ ~ ^[^\"\\\\\\x00-\\x1F]*([)[^\"\\\\\\x00-\\x1F]*$",
            })
    void patterns_are_put_in_forms_that_are_read(String pattern, String put) {
        assertThat(PatternDialect.of(pattern)).isEqualTo(put);
    }

    @Test
    void a_schema_that_names_itself_becomes_a_definition() {
        assertThat(
                        put(
                                "{'properties': {'a': {'$ref': '#'}, 'b': {'$ref': '#/$defs/c'}}, '$defs': {'c': {'$ref': '#'}}}"))
                .isEqualTo(json("{'$ref': '#/$defs/whole-schema', '$defs': {'c': {'$ref': '#/$defs/whole-schema'},"
                        + " 'whole-schema': {'properties': {'a': {'$ref': '#/$defs/whole-schema'},"
                        + " 'b': {'$ref': '#/$defs/c'}}}}}"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'properties': {'pattern': {'const': '\\\\d'}, '$ref': {'enum': ['#']}}, 'additionalProperties': true}",
                "{'properties': 'nope', 'required': 'a', 'items': false, 'anyOf': [1, null]}",
            })
    void what_only_looks_like_a_keyword_stays(String schema) {
        assertThat(put(schema)).isEqualTo(json(schema));
    }

    @Test
    void true_is_the_schema_that_says_nothing() {
        assertThat(put("{'properties': {'a': true}, 'items': true}"))
                .isEqualTo(json("{'properties': {'a': {}}, 'items': {}}"));
    }

    @Test
    void a_property_without_a_name_is_refused() {
        assertThatThrownBy(() -> put("{'properties': {'': {'type': 'string'}}}"))
                .isInstanceOf(PluginFailure.Permanent.class)
                .hasMessageContaining("without a name");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'type': 'integer', 'minimum': 5, 'maximum': 3}",
                "{'type': 'integer', 'exclusiveMinimum': 3, 'exclusiveMaximum': 4}",
                "{'type': 'number', 'exclusiveMinimum': 3, 'maximum': 3}",
                "{'properties': {'a': {'type': 'array', 'minItems': 2, 'maxItems': 1}}}",
                "{'type': 'string', 'minLength': 2, 'maxLength': 1}",
            })
    void a_schema_that_nothing_satisfies_is_refused(String schema) {
        assertThatThrownBy(() -> put(schema))
                .isInstanceOf(PluginFailure.Permanent.class)
                .hasMessageContaining("nothing is between");
    }

    @Test
    void narrow_ranges_stay() {
        String narrow = "{'type': 'integer', 'minimum': 3, 'maximum': 3, 'exclusiveMinimum': 2, 'exclusiveMaximum': 4}";
        assertThat(put(narrow)).isEqualTo(json(narrow));
    }

    private static String put(String schema) {
        return SchemaDialect.of(Schemas.tree(schema.replace('\'', '"'))).toString();
    }

    private static String json(String schema) {
        return Schemas.tree(schema.replace('\'', '"')).toString();
    }
}
