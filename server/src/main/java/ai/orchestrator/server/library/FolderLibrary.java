package ai.orchestrator.server.library;

import ai.orchestrator.plugin.model.ModelInfo;
import ai.orchestrator.plugin.model.ModelProvider;
import ai.orchestrator.server.orchestration.LibraryFailure;
import ai.orchestrator.server.orchestration.LibraryFailure.Kind;
import ai.orchestrator.server.orchestration.LibraryProgress;
import ai.orchestrator.server.orchestration.ModelCatalog;
import ai.orchestrator.server.orchestration.ModelLibrary;
import ai.orchestrator.server.orchestration.ModelName;
import ai.orchestrator.server.orchestration.NewModel;
import ai.orchestrator.server.orchestration.StoredDetails;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** The library in a folder of this machine. */
public final class FolderLibrary implements ModelLibrary, AutoCloseable {
    private static final Duration SILENCE = Duration.ofSeconds(30);

    /** Before a new attempt, and between two looks at what other processes have done to the folder. */
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final StoredModels models;
    private final StoredModelProvider provider;
    private final Registries registries;
    private final Pull pull;
    private final Create create;
    private final boolean readOnly;

    /**
     * Opens the library, and offers its models.
     *
     * @param folder holds {@code manifests} and {@code blobs}, as Ollama's models folder does
     * @param addresses where the registry is that a host in a model's name stands for
     * @param providers the configured ones
     * @param others the catalog of what they offer
     * @param quantizer where the program {@code llama-quantize} is now, if it is anywhere
     */
    public FolderLibrary(
            Path folder,
            Map<String, URI> addresses,
            boolean readOnly,
            List<ModelProvider> providers,
            ModelCatalog others,
            Supplier<Optional<Path>> quantizer) {
        this(folder, addresses, readOnly, providers, others, quantizer, SILENCE, PAUSE);
    }

    FolderLibrary(
            Path folder,
            Map<String, URI> addresses,
            boolean readOnly,
            List<ModelProvider> providers,
            ModelCatalog others,
            Supplier<Optional<Path>> quantizer,
            Duration silence,
            Duration pause) {
        BlobFolder blobs = new BlobFolder(folder.resolve("blobs"));
        models = new StoredModels(new ManifestFolder(folder.resolve("manifests")), blobs);
        provider = new StoredModelProvider(models, providers, others, pause);
        registries = new Registries(addresses, silence);
        pull = new Pull(models, registries, new BlobTransfers(blobs, silence, pause), provider::canRun, pause);
        create = new Create(models, provider, pull, new Quantizer(quantizer));
        this.readOnly = readOnly;
        new Leftovers(models, readOnly).clear();
        provider.offer();
    }

    /** The provider of the library's models, to be asked before the configured ones. */
    public ModelProvider provider() {
        return provider;
    }

    @Override
    public void pull(String text, LibraryProgress progress) {
        requireWritable();
        StoredName name = name(text).orElseThrow(() -> LibraryFailure.invalid("invalid model name"));
        if (isConfigured(name)) {
            progress.status("model '" + name.full() + "' is part of this server's configuration");
            progress.status("success");
            return;
        }
        changing(() -> pull.run(name, progress));
    }

    @Override
    public void create(NewModel wanted, LibraryProgress progress) {
        requireWritable();
        StoredName name = name(wanted.name()).orElseThrow(() -> LibraryFailure.invalid("invalid model name"));
        NewModelCheck.require(wanted);
        requireFree(name);
        changing(() -> create.run(name, wanted, progress));
    }

    @Override
    public void copy(String source, String destination) {
        requireWritable();
        String from = name(source)
                .map(StoredName::full)
                .orElseThrow(() -> LibraryFailure.invalid("source \"" + source + "\" is invalid"));
        StoredName to = name(destination)
                .orElseThrow(() -> LibraryFailure.invalid("destination \"" + destination + "\" is invalid"));
        if (from.equals(to.full()) && (models.find(from).isPresent() || isConfigured(to))) {
            return;
        }
        requireFree(to);
        changing(() -> {
            Optional<ModelInfo> configured = provider.configured(from).filter(info -> !from.equals(ModelName.AUTO));
            if (configured.isPresent()) {
                Draft alias = new Draft(models.blobs(), Create.standingFor(configured.get()));
                models.put(to, alias.manifest().bytes());
                return;
            }
            StoredModel model = models.find(from)
                    .orElseThrow(() -> new LibraryFailure(Kind.NOT_FOUND, "model \"" + source + "\" not found"));
            models.put(to, model.manifest().bytes());
        });
    }

    @Override
    public void delete(String text) {
        requireWritable();
        StoredName name = name(text).orElseThrow(() -> LibraryFailure.invalid("name \"" + text + "\" is invalid"));
        StoredModel model = models.find(name.full()).orElseThrow(() -> {
            if (isConfigured(name)) {
                return LibraryFailure.invalid("model '" + text
                        + "' is part of this server's configuration and cannot be deleted by a request");
            }
            return new LibraryFailure(Kind.NOT_FOUND, "model '" + text + "' not found");
        });
        changing(() -> {
            if (model.weights().isPresent()) {
                provider.unload(model.full());
            }
            models.remove(model);
        });
    }

    @Override
    public boolean hasBlob(String digest) {
        return models.blobs().has(digest(digest));
    }

    @Override
    public boolean keepBlob(String text, InputStream bytes) {
        requireWritable();
        BlobDigest digest = digest(text);
        if (models.blobs().has(digest)) {
            try {
                bytes.transferTo(OutputStream.nullOutputStream());
            } catch (IOException e) {
                throw BlobFolder.failed("the blob could not be read", e);
            }
            return false;
        }
        models.blobs().receive(digest, bytes);
        return true;
    }

    @Override
    public Optional<StoredDetails> details(String name) {
        return name(name)
                .filter(stored -> !isConfigured(stored))
                .flatMap(stored -> models.find(stored.full()))
                .map(model -> new StoredDetails(
                        model.messages(),
                        model.licenses(),
                        model.config().text("renderer"),
                        model.config().text("parser"),
                        model.config().text("requires"),
                        projector(model),
                        model.config().text("parent_model")));
    }

    @Override
    public void close() {
        registries.close();
    }

    private String projector(StoredModel model) {
        return model.manifest().of(MediaTypes.PROJECTOR).stream()
                .findFirst()
                .map(layer -> {
                    try {
                        return GgufHeadReader.read(models.blobs().path(layer.digest()))
                                .json();
                    } catch (IOException e) {
                        return "";
                    }
                })
                .orElse("");
    }

    /** Does something that changes which models there are, and offers them anew even if it ends badly. */
    private void changing(Runnable change) {
        try {
            change.run();
        } finally {
            provider.offer();
        }
    }

    private boolean isConfigured(StoredName name) {
        return provider.configured(name.full()).isPresent() || name.full().equals(ModelName.AUTO);
    }

    private void requireFree(StoredName name) {
        if (isConfigured(name)) {
            throw LibraryFailure.invalid(
                    "model '" + name.full() + "' is part of this server's configuration and cannot be replaced");
        }
    }

    private void requireWritable() {
        if (readOnly) {
            throw new LibraryFailure(Kind.READ_ONLY, "this server is read-only: models can be used, but not changed");
        }
    }

    private static Optional<StoredName> name(String text) {
        return StoredName.parse(text);
    }

    private static BlobDigest digest(String text) {
        return BlobDigest.parse(text).orElseThrow(() -> LibraryFailure.invalid("invalid digest format"));
    }
}
