package ai.orchestrator.server.engine;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A processor.
 *
 * @param name empty where the system does not tell
 * @param flags the instructions that matter to an engine; empty where the system does not tell
 */
record Cpu(String name, SortedSet<String> flags) {
    private static final Pattern MATTERS =
            Pattern.compile("pni|ssse3|sse4.*|avx.*|f16c|fma|bmi[12]|amx_.*|asimd.*|sve.*|sme.*|i8mm|bf16|fphp");

    Cpu {
        flags = new TreeSet<>(flags);
    }

    static Cpu ofThisMachine() {
        return of(Path.of("/proc/cpuinfo"));
    }

    /** As Linux describes it. */
    static Cpu of(Path cpuinfo) {
        try {
            List<String> lines = new String(Files.readAllBytes(cpuinfo), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
            return new Cpu(
                    values(lines, "model name").findFirst().orElse(""),
                    Stream.concat(values(lines, "flags"), values(lines, "Features"))
                            .limit(1)
                            .flatMap(flags -> Arrays.stream(flags.split(" ", -1)))
                            .filter(flag -> MATTERS.matcher(flag).matches())
                            .collect(Collectors.toCollection(TreeSet::new)));
        } catch (IOException e) {
            return new Cpu("", new TreeSet<>());
        }
    }

    private static Stream<String> values(List<String> lines, String key) {
        return lines.stream()
                .map(line -> line.split(":", 2))
                .filter(pair -> pair.length == 2 && pair[0].strip().equals(key))
                .map(pair -> pair[1].strip());
    }
}
