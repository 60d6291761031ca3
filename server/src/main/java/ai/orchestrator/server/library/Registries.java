package ai.orchestrator.server.library;

import ai.orchestrator.server.download.Requests;
import ai.orchestrator.server.orchestration.LibraryFailure;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The registries that the configuration names; no other is ever asked. */
final class Registries implements AutoCloseable {
    private final Map<String, URI> addresses;
    private final Duration silence;

    /** Made when it is first needed: that reads every certificate this machine trusts, and most servers never ask a registry. */
    private @Nullable HttpClient client;

    /**
     * @param addresses where the registry of each host of a model's name is
     * @param silence how long a registry may send nothing
     */
    Registries(Map<String, URI> addresses, Duration silence) {
        this.addresses = Map.copyOf(addresses);
        this.silence = silence;
    }

    /** The registry of a model's name. */
    RegistryConnection of(StoredName name) {
        URI address = Optional.ofNullable(addresses.get(name.host().toLowerCase(Locale.ROOT)))
                .orElseThrow(() -> LibraryFailure.invalid("the registry '" + name.host()
                        + "' is not among those that this server may ask: add it to 'library.registries'"));
        return new RegistryConnection(address, new Requests(client(), silence), name);
    }

    private synchronized HttpClient client() {
        if (client == null) {
            // one file at a time is asked for; an offer to upgrade a plain connection confuses simple registries
            client = HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(silence)
                    .followRedirects(HttpClient.Redirect.NEVER)
                    .build();
        }
        return client;
    }

    @Override
    public synchronized void close() {
        if (client != null) {
            client.shutdownNow();
        }
    }
}
