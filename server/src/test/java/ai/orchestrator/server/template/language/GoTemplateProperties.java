package ai.orchestrator.server.template.language;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.StringLength;

class GoTemplateProperties {
    @Property
    void plainTextStaysAsItIs(@ForAll @StringLength(max = 200) String text) {
        String plain = text.replace("{{", "{ {");

        assertThat(Render.of(plain)).isEqualTo(plain);
    }

    @Property
    void textIsTheSameAsALiteralAndInAVariable(@ForAll @StringLength(max = 50) String text) {
        String literal = Formatting.quote(withoutLoneSurrogates(text));

        assertThat(Render.of("{{ $x := " + literal + " }}{{ $x }}")).isEqualTo(withoutLoneSurrogates(text));
    }

    @Property
    void trimmingTakesTheSpaceOnItsSideAndNothingElse(
            @ForAll("spaces") String before,
            @ForAll("spaces") String after,
            @ForAll boolean left,
            @ForAll boolean right) {
        String template = "a" + before + (left ? "{{- " : "{{ ") + "1" + (right ? " -}}" : " }}") + after + "b";

        assertThat(Render.of(template)).isEqualTo("a" + (left ? "" : before) + "1" + (right ? "" : after) + "b");
    }

    @Property(tries = 3000)
    void anyTemplateIsRenderedOrRefused(@ForAll("templates") String template) {
        try {
            assertThat(Render.of(template)).isNotNull();
        } catch (TemplateException refused) {
            assertThat(refused.getMessage()).startsWith("line ");
        }
    }

    @Provide
    Arbitrary<String> spaces() {
        return Arbitraries.of(" ", "\t", "\n", "\r", "").list().ofMaxSize(5).map(parts -> String.join("", parts));
    }

    /** Pieces that are sensible in themselves, in any order. */
    @Provide
    Arbitrary<String> templates() {
        List<String> pieces = List.of(
                "{{",
                "}}",
                "{{-",
                "-}}",
                "{{ ",
                " }}",
                "if",
                "else",
                "end",
                "range",
                "with",
                "define",
                "template",
                "block",
                "break",
                "continue",
                "nil",
                "true",
                "and",
                "or",
                "not",
                "eq",
                "lt",
                "len",
                "index",
                "slice",
                "print",
                "printf",
                "json",
                "currentDate",
                "\"t\"",
                "\"%d%s%v\"",
                "\"",
                "'",
                "`",
                "\\",
                "/*",
                "*/",
                ".",
                ".Name",
                ".List",
                ".Map",
                ".Thing",
                ".Missing",
                "$",
                "$x",
                "$x := ",
                "$i, $x := ",
                "=",
                "|",
                ",",
                "(",
                ")",
                "0",
                "-1",
                "1.5",
                "0x",
                "1e9",
                "{{ end }}",
                "{{ range .List }}",
                "{{ if .Name }}",
                "{{ else }}",
                "\n",
                " ",
                " ",
                " ",
                "ü",
                "👋",
                "text");
        return Arbitraries.of(pieces).list().ofMaxSize(25).map(parts -> String.join("", parts));
    }

    private static String withoutLoneSurrogates(String text) {
        return text.codePoints()
                .filter(c -> c < Character.MIN_SURROGATE || c > Character.MAX_SURROGATE)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
