package ai.orchestrator.server.library;

import ai.orchestrator.server.orchestration.ModelName;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/** A model's name in its four parts, as the client or the folder spells them. */
record StoredName(String host, String namespace, String model, String tag) {
    /** The host of a name that says none. */
    static final String DEFAULT_HOST = "registry.ollama.ai";

    private static final String DEFAULT_NAMESPACE = "library";
    private static final int MAX_HOST = 200;

    /** The parts of a name; empty if it is not a legal one. */
    static Optional<StoredName> parse(String text) {
        if (ModelName.parse(text).isEmpty()) {
            return Optional.empty();
        }
        String name = ModelName.bare(text);
        if (name.regionMatches(true, 0, DEFAULT_HOST + "/", 0, DEFAULT_HOST.length() + 1)) {
            name = name.substring(DEFAULT_HOST.length() + 1);
        }
        String[] parts = name.split("/", -1);
        String host = parts.length == 3 ? parts[0] : DEFAULT_HOST;
        String namespace = parts.length > 1 ? parts[parts.length - 2] : DEFAULT_NAMESPACE;
        String[] tagged = parts[parts.length - 1].split(":", 2);
        return host.length() > MAX_HOST
                ? Optional.empty()
                : Optional.of(new StoredName(host, namespace, tagged[0], tagged.length > 1 ? tagged[1] : "latest"));
    }

    /** The name in the one spelling that all spellings of it share. */
    String full() {
        String text = host + "/" + namespace + "/" + model + ":" + tag;
        return ModelName.parse(text).map(ModelName::full).orElse(text);
    }

    /** The name in its own spelling, without the default host and namespace. */
    String shown() {
        String plain = model + ":" + tag;
        if (!host.equalsIgnoreCase(DEFAULT_HOST)) {
            return host + "/" + namespace + "/" + plain;
        }
        return namespace.equalsIgnoreCase(DEFAULT_NAMESPACE) ? plain : namespace + "/" + plain;
    }

    /** As most registries spell names; a host is the same in any case. */
    StoredName lowerCase() {
        return new StoredName(
                host, namespace.toLowerCase(Locale.ROOT), model.toLowerCase(Locale.ROOT), tag.toLowerCase(Locale.ROOT));
    }

    /** Where the manifest stands below the folder {@code manifests}. */
    Path path() {
        return Path.of(host, namespace, model, tag);
    }
}
