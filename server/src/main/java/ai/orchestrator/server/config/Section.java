package ai.orchestrator.server.config;

import ai.orchestrator.plugin.InvalidSettingException;
import ai.orchestrator.plugin.Settings;
import ai.orchestrator.server.yaml.NearestName;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One section of the file while it is read; a name that nobody has read by the end of that is an unknown key. */
final class Section {
    private final String path;
    private final Settings settings;
    private final Map<?, ?> values;
    private final ConfigTree tree;

    private Section(String path, Settings settings, Map<?, ?> values, ConfigTree tree) {
        this.path = path;
        this.settings = settings;
        this.values = values;
        this.tree = tree;
    }

    /** Reads a whole tree. */
    static <T> T readAll(ConfigTree tree, Function<Section, T> reader) {
        try {
            return new Section("", Settings.of(tree.root()), tree.root(), tree).read(reader);
        } catch (InvalidSettingException e) {
            throw tree.origins().fault(e.setting(), String.valueOf(e.getMessage()));
        }
    }

    /** The values at this level. */
    Settings settings() {
        return settings;
    }

    /** Where this section stands in the configuration. */
    String path() {
        return path;
    }

    /** Reads a nested section, which may be absent. */
    <T> T section(String name, Function<Section, T> reader) {
        Settings section = settings.section(name);
        return new Section(at(name), section, map(values.get(name)), tree).read(reader);
    }

    /** Reads a list of sections, which may be absent. */
    <T> List<T> sections(String name, Function<Section, T> reader) {
        return items(name).map(section -> section.read(reader)).toList();
    }

    /** Reads a nested section that also holds settings which are somebody else's to read; empty where it is absent. */
    <T> Optional<T> openSection(String name, Function<Section, T> reader) {
        Settings section = settings.section(name);
        return Optional.ofNullable(values.get(name))
                .map(value -> reader.apply(new Section(at(name), section, map(value), tree)));
    }

    /** Reads a list of such sections. */
    <T> List<T> openSections(String name, Function<Section, T> reader) {
        return items(name).map(reader).toList();
    }

    /** The values at this level that have not been read yet. */
    Map<String, Object> rest() {
        Map<String, Object> rest = new LinkedHashMap<>();
        values.forEach((name, value) -> rest.put((String) name, value));
        rest.keySet().removeAll(settings.known());
        return rest;
    }

    /** A fault of one setting. */
    InvalidSettingException bad(String name, String message) {
        return new InvalidSettingException(at(name), message);
    }

    private <T> T read(Function<Section, T> reader) {
        T result = reader.apply(this);
        Set<String> given = new LinkedHashSet<>(settings.names());
        given.addAll(tree.valueless(path));
        given.removeAll(settings.known());
        if (!given.isEmpty()) {
            String name = given.iterator().next();
            throw tree.origins()
                    .fault(at(name), "unknown key '" + name + "'" + NearestName.hint(name, settings.known()));
        }
        return result;
    }

    private Stream<Section> items(String name) {
        List<Settings> sections = settings.sections(name);
        Object value = values.get(name);
        List<?> items = value instanceof List<?> list ? list : List.of(map(value));
        return IntStream.range(0, sections.size())
                .mapToObj(i -> new Section(at(name) + "[" + i + "]", sections.get(i), map(items.get(i)), tree));
    }

    private String at(String name) {
        return path.isEmpty() ? name : path + "." + name;
    }

    private static Map<?, ?> map(@Nullable Object value) {
        return value instanceof Map<?, ?> map ? map : Map.of();
    }
}
