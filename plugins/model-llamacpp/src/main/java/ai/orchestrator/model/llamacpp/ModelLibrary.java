package ai.orchestrator.model.llamacpp;

import ai.orchestrator.plugin.model.ModelFiles;
import ai.orchestrator.plugin.model.ModelInfo;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The models on offer: what the folder holds, looked at anew when it is asked for, at most once a second. Answers come from memory; only
 * just after the start they wait for the first look, and a while for the digests of files that were never read before.
 */
final class ModelLibrary implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ModelLibrary.class);
    private static final long LOOK_EVERY_NANOS = Duration.ofSeconds(1).toNanos();
    private static final Duration FIRST_DIGESTS = Duration.ofSeconds(10);

    private final LlamaCppSettings settings;
    private final Engines engines;
    private final ModelFolder folder;
    private final Digests digests;
    private final CountDownLatch looked = new CountDownLatch(1);
    private final CountDownLatch firstDigests = new CountDownLatch(1);
    private final AtomicBoolean looking = new AtomicBoolean();
    private final AtomicLong nextLook = new AtomicLong(System.nanoTime());
    private final long firstDigestsUntil = System.nanoTime() + FIRST_DIGESTS.toNanos();

    private final OfferedModels offeredModels = new OfferedModels();

    private ModelFolder.Content found = ModelFolder.Content.NOTHING;
    private ModelFolder.Content given = ModelFolder.Content.NOTHING;
    private boolean hasLooked;
    private volatile ModelFolder.Content content = ModelFolder.Content.NOTHING;
    private volatile List<ModelInfo> offered = List.of();

    ModelLibrary(LlamaCppSettings settings, Engines engines) {
        this.settings = settings;
        this.engines = engines;
        this.folder = new ModelFolder(settings.folder(), settings.models());
        this.digests = new Digests(settings.folder(), this::publish);
    }

    /** Begins the first look in the background. */
    void open() {
        Thread.ofVirtual().name("llamacpp-models").start(() -> {
            digests.recall();
            look();
        });
    }

    /** The models whose digests are known. */
    List<ModelInfo> offered() {
        refresh();
        await(firstDigests, firstDigestsUntil - System.nanoTime());
        return offered;
    }

    /** A model by its name, with or without the tag {@code latest}, in any case. */
    Optional<ModelFile> find(String name) {
        refresh();
        return Optional.ofNullable(content.models().get(ConfiguredModel.fullName(name)));
    }

    /** Why a model is not on offer that is named by the settings or by a file, if that is so. */
    Optional<String> whyMissing(String name) {
        refresh();
        String fullName = ConfiguredModel.fullName(name);
        if (content.models().containsKey(fullName)
                && offered.stream().noneMatch(model -> model.name().equals(fullName))) {
            return Optional.of("model '" + name + "' is being read for the first time; try again in a moment");
        }
        return Optional.ofNullable(content.missing().get(fullName))
                .or(() -> Optional.ofNullable(content.noModels().get(fullName)));
    }

    /** The reasons of {@link #whyMissing} by name, as last seen. */
    Map<String, String> missing() {
        return content.missing();
    }

    private void refresh() {
        await(looked, Long.MAX_VALUE);
        long due = nextLook.get();
        if (System.nanoTime() - due >= 0 && looking.compareAndSet(false, true)) {
            try {
                look();
            } finally {
                looking.set(false);
            }
        }
    }

    private void look() {
        try {
            ModelFolder.Content now = folder.look();
            synchronized (this) {
                if (!now.models().keySet().equals(found.models().keySet())) {
                    LOG.info("Models found: {}", now.models().keySet());
                }
                found = now;
                hasLooked = true;
                publish();
            }
        } finally {
            nextLook.set(System.nanoTime() + LOOK_EVERY_NANOS);
            looked.countDown();
        }
    }

    /** Has exactly these of the host's own models on offer, too. One of the folder's or the settings' own wins by its name. */
    synchronized void give(List<ModelFiles> models) {
        given = offeredModels.look(models);
        publish();
    }

    /** The model on offer that a process serves which was loaded for this one: the same by its name, or another of the same files. */
    Optional<ModelFile> successor(ModelFile loaded) {
        Map<String, ModelFile> models = content.models();
        return Optional.ofNullable(models.get(loaded.name()))
                .filter(same -> same.place().equals(loaded.place()))
                .or(() -> models.values().stream()
                        .filter(other -> other.place().equals(loaded.place()))
                        .findFirst());
    }

    /** The context that the model has where a request asks for none. */
    private int context(ModelFile model) {
        return settings.contextFor(model, model.parameters().numCtx());
    }

    private synchronized void publish() {
        Map<String, ModelFile> models = new LinkedHashMap<>(given.models());
        models.putAll(found.models());
        Map<String, String> missing = new LinkedHashMap<>(given.missing());
        missing.putAll(found.missing());
        missing.keySet().removeAll(models.keySet());
        content = new ModelFolder.Content(models, missing, found.noModels());
        List<ModelInfo> infos = new ArrayList<>();
        for (ModelFile model : models.values()) {
            model.digest()
                    .or(() -> digests.of(model))
                    .ifPresent(
                            digest -> infos.add(ModelInfos.info(model, digest, engines.shown(model), context(model))));
        }
        offered = List.copyOf(infos);
        if (hasLooked && infos.size() == models.size()) {
            firstDigests.countDown();
        }
    }

    private static void await(CountDownLatch latch, long nanos) {
        if (latch.getCount() == 0) {
            return;
        }
        try {
            if (!latch.await(nanos, TimeUnit.NANOSECONDS)) {
                LOG.debug("Going on without the digests of new files");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        digests.close();
        looked.countDown();
        firstDigests.countDown();
    }
}
