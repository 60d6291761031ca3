package ai.orchestrator.server.config;

import java.net.URI;
import java.util.Map;

/**
 * The models that clients pull and create.
 *
 * @param folder where they are kept, relative to the home folder
 * @param readOnly whether clients may only use them
 * @param registries where the registry is that a host in a model's name stands for; hosts are in lower case
 */
public record LibraryConfig(String folder, boolean readOnly, Map<String, URI> registries) {
    public LibraryConfig {
        registries = Map.copyOf(registries);
    }
}
