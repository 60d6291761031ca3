package ai.orchestrator.server.template.language;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GoTemplateTest {
    @ParameterizedTest
    @CsvSource(delimiter = '§', ignoreLeadingAndTrailingWhitespace = false, textBlock = """
            plain }} text§plain }} text
            a {{.Name}} b§a Ann b
            a {{- .Name -}} b§aAnnb
            a {{- .Name }} b§aAnn b
            a {{ .Name -}} b§a Annb
            {{-3}}§-3
            a {{/* not {{ shown */}} b§a  b
            a {{- /* not shown */ -}} b§ab
            {{ "}}" }}§}}
            {{ `raw "\\n"` }}§raw "\\n"
            {{ "tab\\t\\u00fc\\x41\\101\\"" }}§tab	üAA"
            {{ 'A' }}{{ 0x1F }}{{ 1_000 }}{{ 1.5e3 }}§653110001500
            {{ true }}{{ false }}§truefalse
            """)
    void readsTextAndLiterals(String template, String rendered) {
        assertThat(Render.of(template)).isEqualTo(rendered);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '§', ignoreLeadingAndTrailingWhitespace = false, textBlock = """
            {{ if .Name }}y{{ else }}n{{ end }}§y
            {{ if .Empty }}y{{ else }}n{{ end }}§n
            {{ if .None }}y{{ end }}{{ if .Missing }}y{{ end }}{{ if 0 }}y{{ end }}{{ if 0.0 }}y{{ end }}{{ if .No }}y{{ end }}§''
            {{ if .Thing }}y{{ end }}§y
            {{ if .Empty }}1{{ else if eq .Name "Ann" }}2{{ else }}3{{ end }}§2
            {{ with .Thing }}{{ .Role }}{{ $.Name }}{{ end }}§userAnn
            {{ with .Empty }}1{{ else with .Name }}{{ . }}{{ else }}3{{ end }}§Ann
            {{ with $x := .Count }}{{ $x }}{{ . }}{{ end }}§33
            {{ range .List }}[{{ . }}]{{ end }}§[a][b][c]
            {{ range $i, $v := .List }}{{ $i }}{{ $v }} {{ end }}§0a 1b 2c ''
            {{ range $v := .List }}{{ $v }}{{ . }}{{ end }}§aabbcc
            {{ range $k, $v := .Map }}{{ $k }}={{ $v }};{{ end }}§z=1;a=<x>;
            {{ range .None }}x{{ else }}empty{{ end }}{{ range .Missing }}x{{ else }}nil{{ end }}§emptynil
            {{ range $i := 3 }}{{ $i }}{{ end }}§012
            {{ range .List }}{{ if eq . "b" }}{{ continue }}{{ end }}{{ . }}{{ end }}§ac
            {{ range .List }}{{ if eq . "b" }}{{ break }}{{ end }}{{ . }}{{ end }}§a
            {{ $x := 1 }}{{ range .List }}{{ $x = . }}{{ end }}{{ $x }}§c
            {{ $x := 1 }}{{ if .Yes }}{{ $x := 2 }}{{ $x }}{{ end }}{{ $x }}§21
            {{ define "t" }}<{{ . }}>{{ end }}{{ template "t" .Name }}{{ template "t" 1 }}§<Ann><1>
            {{ block "b" .Thing }}{{ .Role }}{{ $.Role }}{{ end }}§useruser
            {{ .Missing }}§<no value>
            {{ .Thing.Role }}{{ (index .List 1) }}{{ ($).Name }}§userbAnn
            """)
    void controls(String template, String rendered) {
        assertThat(Render.of(template)).isEqualTo(rendered.replace("''", ""));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '§', ignoreLeadingAndTrailingWhitespace = false, textBlock = """
            {{ and .Name .Count }}{{ and .Empty .Count }}{{ or .Empty .Name }}{{ or .Empty .No }}§3Annfalse
            {{ and .No (index .List 9) }}{{ or .Yes (index .List 9) }}§falsetrue
            {{ not .Name }}{{ .Name | not | not }}§falsetrue
            {{ eq .Count 1 2 3 }}{{ ne .Name "Bob" }}{{ eq .Missing nil }}{{ eq .Missing "x" }}§truetruetruefalse
            {{ lt 1 2 }}{{ le 2 2 }}{{ gt "b" "a" }}{{ ge 1.5 2.5 }}§truetruetruefalse
            {{ len .Umlaut }}{{ len .List }}{{ len .Map }}§732
            {{ index .List 1 }}{{ index .Map "z" }}{{ index .Map "q" }}{{ index .Name 0 }}§b1<no value>65
            {{ slice .List 1 }}{{ slice .List 0 1 }}{{ slice .Name 1 2 }}{{ len (slice .List 3) }}§[b c][a]n0
            {{ print "a" 1 2 "b" .Yes }}{{ println "a" 1 }}§a1 2btruea 1''
            {{ printf "%s|%5d|%-4s|%04d|%q|%v|%t|%x|%%|%.2f|%+d" .Name 7 "ab" 42 "q\\"" .List true "hi" 1.005 3 }}§Ann|    7|ab  |0042|"q\\""|[a b c]|true|6869|%|1.00|+3
            {{ printf "%d %s" "x" }}{{ printf "a" 1 }}§%!d(string=x) %!s(MISSING)a%!(EXTRA int=1)
            {{ json .Map }}{{ json .List }}{{ json .Name }}{{ json .Missing }}§{"z":1,"a":"\\u003cx\\u003e"}["a","b","c"]"Ann"null
            {{ .Json }}{{ .Map }}{{ .Numbers }}{{ .List }}{{ .Thing }}§{"z":1,"a":"\\u003cx\\u003e"}map[a:<x> z:1][1,2][a b c]{"z":1,"a":"\\u003cx\\u003e"}
            {{ currentDate }}§2026-11-23
            {{ yesterdayDate }}§2026-11-22
            {{ toTypeScriptType "x" }}§any
            {{ .Half }}{{ 1e21 }}{{ 1e-7 }}{{ 100.0 }}§0.51e+211e-07100
            """)
    void computes(String template, String rendered) {
        assertThat(Render.of(template)).isEqualTo(rendered.replace("''", "\n"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '§', textBlock = """
            {{ if .X }}                      § line 1, column 4: if has no end
            a{{ .X                           § line 1, column 2: the action has no end
            {{ end }}                        § line 1, column 4: unexpected end
            {{ else }}                       § line 1, column 4: unexpected else
            {{ if .X }}{{ else }}{{ else }}{{ end }} § line 1, column 25: unexpected else
            {{}}                             § line 1, column 3: an action has no value
            {{ "abc }}                       § line 1, column 4: the string has no end
            {{ `abc }}                       § line 1, column 4: the string has no end
            {{/* abc }}                      § line 1, column 1: the comment has no end
            {{/* abc */ x}}                  § line 1, column 1: the comment ends before its action does
            {{ frobnicate .X }}              § line 1, column 4: there is no function frobnicate
            {{ $x }}                         § line 1, column 4: there is no variable $x
            {{ if .X }}{{ $x := 1 }}{{ end }}{{ $x }} § line 1, column 37: there is no variable $x
            {{ .X | 3 }}                     § line 1, column 9: only a function takes what comes before the |
            {{ .X .Y }}                      § line 1, column 4: .X is no function and takes nothing
            {{ nil }}                        § line 1, column 4: nil is no value by itself
            {{ break }}                      § line 1, column 4: break stands outside of a range
            {{ template "x" }}               § line 1, column 4: there is no template "x"
            {{ template x }}                 § line 1, column 13: template needs a name in quotes
            {{ if .X }}{{ define "x" }}{{ end }}{{ end }} § line 1, column 15: define stands inside of another part
            {{ .X ? }}                       § line 1, column 7: unexpected character ?
            {{ (.X }}                        § line 1, column 8: unexpected the end of the action
            {{ 1x }}                         § line 1, column 4: 1x is no number
            {{ 99999999999999999999 }}       § line 1, column 4: the number 99999999999999999999 is out of range or malformed
            {{ "\\q" }}                      § line 1, column 4: the string has an escape that means nothing: \\q
            {{ 'ab' }}                       § line 1, column 4: a character constant holds one character
            {{ $x, $y := .X }}               § line 1, column 6: unexpected ,
            """)
    void refusesWhatIsWrong(String template, String message) {
        assertThatThrownBy(() -> GoTemplate.parse(template))
                .isInstanceOf(TemplateException.class)
                .hasMessage(message);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '§', textBlock = """
            {{ .Thing.Nope }}            § line 1, column 4: thing has no field Nope
            {{ .Name.First }}            § line 1, column 4: string has no field First
            {{ .Missing.First }}         § line 1, column 4: there is nothing that .First could be of
            {{ index .List 3 }}          § line 1, column 4: the index 3 is out of range
            {{ slice .List 2 1 }}        § line 1, column 4: the index 2 is out of range
            {{ eq .Name 1 }}             § line 1, column 4: string and int cannot be compared
            {{ lt .Yes .No }}            § line 1, column 4: bool and bool have no order
            {{ index .Map .List }}       § line 1, column 4: list is no key
            {{ len 3 }}                  § line 1, column 4: int has no length
            {{ not }}                    § line 1, column 4: not takes one argument, not 0
            {{ and }}                    § line 1, column 4: and takes an argument at least
            {{ range .Name }}{{ end }}   § line 1, column 10: range cannot go through string
            {{ printf "%99999d" 1 }}     § line 1, column 4: the format asks for more than 1000 places
            """)
    void saysWhereTheDataDoNotFit(String template, String message) {
        assertThatThrownBy(() -> Render.of(template))
                .isInstanceOf(TemplateException.class)
                .hasMessage(message);
    }

    @Test
    void countsLinesAndCharacters() {
        assertThatThrownBy(() -> GoTemplate.parse("a\n👋{{ if .X }}\n  {{ nope }}"))
                .hasMessage("line 3, column 6: there is no function nope");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '§', textBlock = """
            {{ range $i := 100000000 }}{{ end }}                § does not come to an end
            {{ define "t" }}{{ template "t" . }}{{ end }}{{ template "t" . }} § nested too deeply or contain themselves
            {{ $x := "xxxxxxxxxx" }}{{ range $i := 60 }}{{ $x = print $x $x }}{{ end }} § makes too much text
            {{ $x := "x" }}{{ range $i := 22 }}{{ $x = print $x $x }}{{ end }}{{ range $i := 1000 }}{{ $y := printf "%.0s" $x }}{{ end }} § makes too much text
            {{ range $i := 1000 }}{{ range $j := 1000 }}{{ range $k := 1000 }}{{ len $.Umlaut }}{{ end }}{{ end }}{{ end }} § does not come to an end
            """)
    void endsWhatWouldNotEnd(String template, String message) {
        assertThatThrownBy(() -> Render.of(template))
                .isInstanceOf(TemplateException.class)
                .hasMessageContaining(message);
    }

    @Test
    void refusesWhatIsNestedOrLongBeyondReason() {
        assertThatThrownBy(() -> GoTemplate.parse("{{ if 1 }}".repeat(101) + "{{ end }}".repeat(101)))
                .hasMessageContaining("nested too deeply");
        assertThatThrownBy(() -> GoTemplate.parse("{{ " + "(".repeat(101) + "1" + ")".repeat(101) + " }}"))
                .hasMessageContaining("nested too deeply");
        assertThatThrownBy(() -> GoTemplate.parse("x".repeat((1 << 18) + 1))).hasMessageContaining("longer than");
    }

    @Test
    void knowsItsFields() {
        assertThat(GoTemplate.parse(
                                "{{ define \"t\" }}{{ .D }}{{ end }}{{ if and .A (eq $.B.C 1) }}{{ template \"t\" .E }}{{ end }}")
                        .fields())
                .containsExactlyInAnyOrder("A", "B", "C", "D", "E");
    }

    @Test
    void cutsAfterAField() {
        GoTemplate template = GoTemplate.parse("a{{ if .X }}b{{ .R }}c{{ else }}d{{ end }}e");

        assertThat(template.cutAfter("R").render(Map.of("X", Value.of(true), "R", Value.of("r")), Render.CLOCK))
                .isEqualTo("abr");
        assertThat(template.cutAfter("Q").render(Map.of("X", Value.of(false)), Render.CLOCK))
                .isEqualTo("ade");
    }

    @Test
    void findsTheTextAroundAField() {
        GoTemplate template = GoTemplate.parse("{{ range .M }}{{ if .T }}<a>{{ .T }}</a>{{ end }}{{ end }}");

        assertThat(template.around("T")).contains(new Surroundings("<a>", "</a>"));
        assertThat(template.around("Q")).isEmpty();
    }
}
