package ai.orchestrator.server.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The configuration's maps, lists and scalars before they are given types; overrides change it in place. */
final class ConfigTree {
    private final Map<String, Object> root;
    private final Map<String, List<String>> valueless;
    private final Origins origins;

    /** @param valueless names that were given without a value, by the path of their section */
    ConfigTree(Map<String, Object> root, Map<String, List<String>> valueless, Origins origins) {
        this.root = root;
        this.valueless = valueless;
        this.origins = origins;
    }

    Map<String, Object> root() {
        return root;
    }

    Origins origins() {
        return origins;
    }

    /** The names in a section that were given without a value. */
    List<String> valueless(String path) {
        return valueless.getOrDefault(path, List.of());
    }

    /** Sets a value in a section at the top, such as {@code server}. */
    void set(String section, String name, Object value, String place) {
        Object there = root.computeIfAbsent(section, ignored -> new LinkedHashMap<String, Object>());
        if (!(there instanceof Map<?, ?> map)) {
            throw origins.fault(section, section + ": expected a section of names and values");
        }
        put(map, name, value);
        origins.override(section + "." + name, place);
    }

    /** The items of a list in a section at the top; none where it is absent, one where it is no list. */
    List<?> list(String section, String name) {
        Object value = root.get(section) instanceof Map<?, ?> map && map.containsKey(name) ? map.get(name) : List.of();
        return value instanceof List<?> items ? items : List.of(value);
    }

    /** The configured services that are of a kind, in the list at a path such as {@code cache}, {@code tiers}. */
    List<Entry> services(List<String> list, String kind) {
        Object at = root;
        for (String name : list) {
            at = at instanceof Map<?, ?> map && map.containsKey(name) ? map.get(name) : List.of();
        }
        List<Entry> services = new ArrayList<>();
        List<?> items = at instanceof List<?> found ? found : List.of();
        for (int i = 0; i < items.size(); i++) {
            if (items.get(i) instanceof Map<?, ?> map && kind.equals(map.get("kind"))) {
                services.add(new Entry(map, String.join(".", list) + "[" + i + "]"));
            }
        }
        return services;
    }

    private static void put(Map<?, ?> map, String name, Object value) {
        @SuppressWarnings("unchecked") // every map in the tree is made by TreeReader or here
        Map<String, Object> section = (Map<String, Object>) map;
        section.put(name, value);
    }

    /** One service in the tree. */
    final class Entry {
        private final Map<?, ?> settings;
        private final String path;

        private Entry(Map<?, ?> settings, String path) {
            this.settings = settings;
            this.path = path;
        }

        void set(String name, Object value, String place) {
            put(settings, name, value);
            origins.override(path + "." + name, place);
        }

        /** Puts an item into a list, in place of one that has the same value under {@code key}. */
        void merge(String name, String key, Map<String, Object> item, String place) {
            List<Object> items = new ArrayList<>(settings.get(name) instanceof List<?> given ? given : List.of());
            int index = 0;
            while (index < items.size()
                    && !(items.get(index) instanceof Map<?, ?> map && Objects.equals(item.get(key), map.get(key)))) {
                index++;
            }
            if (index < items.size()) {
                items.set(index, item);
            } else {
                items.add(item);
            }
            put(settings, name, items);
            origins.override(path + "." + name + "[" + index + "]", place);
        }
    }
}
