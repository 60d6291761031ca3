package ai.orchestrator.model.llamacpp;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * The name of a part of a model that was split into several files, such as {@code big-00001-of-00003.gguf}.
 *
 * @param stem what comes before the numbers
 * @param part the number of the part, from 1
 * @param parts how many there are
 */
record SplitName(Path folder, String stem, int part, int parts, String suffix) {
    private static final Pattern NAME = Pattern.compile("(.+)-(\\d{5})-of-(\\d{5})(\\.gguf)", Pattern.CASE_INSENSITIVE);

    /** Reads a file's name; empty for one that is not of that form. */
    static Optional<SplitName> of(Path file) {
        Matcher name = NAME.matcher(file.getFileName().toString());
        return name.matches()
                ? Optional.of(new SplitName(
                        file.resolveSibling("."),
                        name.group(1),
                        Integer.parseInt(name.group(2)),
                        Integer.parseInt(name.group(3)),
                        name.group(4)))
                : Optional.empty();
    }

    Path first() {
        return file(1);
    }

    /** All the other parts, in their order. */
    List<Path> others() {
        return IntStream.rangeClosed(2, parts).mapToObj(this::file).toList();
    }

    /** The name of a file of the whole model. */
    Path whole() {
        return folder.resolve(stem + suffix).normalize();
    }

    private Path file(int number) {
        return folder.resolve(String.format(Locale.ROOT, "%s-%05d-of-%05d%s", stem, number, parts, suffix))
                .normalize();
    }
}
