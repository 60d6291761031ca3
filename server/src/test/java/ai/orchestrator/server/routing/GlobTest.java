package ai.orchestrator.server.routing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.StringLength;

class GlobTest {
    @Property
    void matchesWhatTheSameRegularExpressionDoes(
            @ForAll @StringLength(max = 6) @Chars({'*', 'a', 'b', '.'}) String pattern,
            @ForAll @StringLength(max = 8) @CharRange(from = 'a', to = 'b') @Chars({'.'}) String text) {
        String regex =
                Arrays.stream(pattern.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(".*"));
        assertThat(new Glob(pattern).matches(text)).isEqualTo(text.matches(regex));
    }
}
