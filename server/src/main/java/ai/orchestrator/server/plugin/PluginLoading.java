package ai.orchestrator.server.plugin;

import ai.orchestrator.plugin.PluginFactory;
import ai.orchestrator.server.config.Product;
import ai.orchestrator.server.plugin.LoadedPlugin.Offer;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.pf4j.PluginDependency;
import org.pf4j.PluginDescriptor;
import org.pf4j.PluginRuntimeException;
import org.pf4j.PluginWrapper;

/** Takes the plugin folder from files to factories; a plugin that fails at any step is set aside with the reason. */
final class PluginLoading {
    private final IsolatedPluginManager manager;
    private final PluginLock lock;
    private final ZipStore store;
    private final List<PluginReport> failures = new ArrayList<>();

    PluginLoading(IsolatedPluginManager manager, PluginLock lock, ZipStore store) {
        this.manager = manager;
        this.lock = lock;
        this.store = store;
    }

    LoadedPlugins load(Path folder) {
        List<Candidate> candidates = new ArrayList<>();
        try {
            for (PluginFile file : PluginFile.in(folder)) {
                try {
                    candidates.add(candidate(file));
                } catch (BrokenPluginException e) {
                    failures.add(failed(file.name(), "", e.getMessage()));
                }
            }
        } catch (BrokenPluginException e) {
            failures.add(failed(String.valueOf(folder.getFileName()), "", e.getMessage()));
        }
        return new LoadedPlugins(startAll(withoutDuplicates(candidates)), List.copyOf(failures));
    }

    /** Each after those that it needs; PF4J's own ordering cannot set single plugins aside, and does not end on a circle. */
    private List<LoadedPlugin> startAll(List<Candidate> candidates) {
        Map<String, LoadedPlugin> started = new LinkedHashMap<>();
        List<Candidate> waiting = new ArrayList<>(candidates);
        Optional<Candidate> next = ready(waiting, started.keySet());
        while (next.isPresent()) {
            waiting.remove(next.get());
            start(next.get()).ifPresent(plugin -> started.put(plugin.id(), plugin));
            next = ready(waiting, started.keySet());
        }
        waiting.forEach(candidate -> failures.add(failed(
                candidate.id(),
                candidate.version(),
                "needs what is not there or does not work: " + String.join(", ", candidate.needs()))));
        return List.copyOf(started.values());
    }

    private static Optional<Candidate> ready(List<Candidate> waiting, Set<String> started) {
        return waiting.stream()
                .filter(candidate -> started.containsAll(candidate.needs()))
                .findFirst();
    }

    private Optional<LoadedPlugin> start(Candidate candidate) {
        try {
            return Optional.of(start(load(candidate)));
        } catch (BrokenPluginException e) {
            failures.add(failed(candidate.id(), candidate.version(), e.getMessage()));
        } catch (RuntimeException | LinkageError e) {
            failures.add(
                    failed(candidate.id(), candidate.version(), "does not load: " + BrokenPluginException.describe(e)));
        }
        manager.unloadPlugin(candidate.id());
        return Optional.empty();
    }

    private Candidate candidate(PluginFile file) throws BrokenPluginException {
        lock.check(file);
        Path folder = file.isZip() ? store.unpacked(file) : file.path();
        if (!Files.isRegularFile(folder.resolve("plugin.properties"))) {
            throw new BrokenPluginException("has no plugin.properties at its top");
        }
        PluginDescriptor descriptor = describe(folder);
        if (descriptor.getPluginId() == null || descriptor.getPluginId().isBlank()) {
            throw new BrokenPluginException("plugin.properties has no plugin.id");
        }
        if (descriptor.getVersion() == null || descriptor.getVersion().isBlank()) {
            throw new BrokenPluginException("plugin.properties has no plugin.version");
        }
        List<String> needs = descriptor.getDependencies().stream()
                .filter(dependency -> !dependency.isOptional())
                .map(PluginDependency::getPluginId)
                .toList();
        return new Candidate(file.name(), descriptor.getPluginId(), descriptor.getVersion(), needs, folder);
    }

    private PluginDescriptor describe(Path folder) throws BrokenPluginException {
        try {
            return manager.describe(folder);
        } catch (PluginRuntimeException | IllegalArgumentException e) {
            throw new BrokenPluginException("plugin.properties cannot be read", e);
        }
    }

    /** Of two plugins with one id neither is taken: which of them is meant is the operator's to say. */
    private List<Candidate> withoutDuplicates(List<Candidate> candidates) {
        Map<String, Set<String>> files = new HashMap<>();
        candidates.forEach(candidate ->
                files.computeIfAbsent(candidate.id(), id -> new TreeSet<>()).add(candidate.file()));
        List<Candidate> single = new ArrayList<>();
        for (Candidate candidate : candidates) {
            Set<String> same = files.getOrDefault(candidate.id(), Set.of());
            if (same.size() == 1) {
                single.add(candidate);
            } else {
                failures.add(failed(
                        candidate.id(),
                        candidate.version(),
                        "the id is in " + String.join(" and in ", same) + ": remove all but one"));
            }
        }
        return single;
    }

    private PluginWrapper load(Candidate candidate) throws BrokenPluginException {
        manager.loadPlugin(candidate.folder());
        PluginWrapper wrapper = manager.getPlugin(candidate.id());
        if (wrapper.getPluginState().isDisabled()) {
            throw new BrokenPluginException("needs AI Orchestrator "
                    + wrapper.getDescriptor().getRequires() + ", and this is " + Product.VERSION);
        }
        return wrapper;
    }

    private LoadedPlugin start(PluginWrapper wrapper) throws BrokenPluginException {
        String id = wrapper.getPluginId();
        URLClassLoader loader = (URLClassLoader) wrapper.getPluginClassLoader();
        if (!ContextLoader.within(loader, () -> manager.startPlugin(id)).isStarted()) {
            Optional<Throwable> reason = Optional.ofNullable(wrapper.getFailedException());
            throw new BrokenPluginException("does not start: "
                    + reason.map(BrokenPluginException::describe).orElse("no reason given"));
        }
        List<Offer> offers = new ArrayList<>();
        for (String name : ExtensionIndex.read(loader)) {
            offers.add(offer(loader, name));
        }
        if (offers.isEmpty()) {
            throw new BrokenPluginException("offers no extension: META-INF/extensions.idx is missing or empty");
        }
        return new LoadedPlugin(id, wrapper.getDescriptor().getVersion(), loader, offers);
    }

    private Offer offer(ClassLoader loader, String className) throws BrokenPluginException {
        try {
            Class<?> type = loader.loadClass(className);
            if (!PluginFactory.class.isAssignableFrom(type)) {
                throw new BrokenPluginException("its extension " + className + " is no PluginFactory");
            }
            PluginFactory<?> factory = ContextLoader.within(loader, () ->
                    (PluginFactory<?>) manager.getExtensionFactory().create(type));
            Optional<String> kind = Optional.ofNullable(factory.kind()).filter(text -> !text.isBlank());
            return new Offer(
                    kind.orElseThrow(() -> new BrokenPluginException("its extension " + className + " has no kind")),
                    factory);
        } catch (ClassNotFoundException | RuntimeException | LinkageError e) {
            throw new BrokenPluginException("its extension " + className + " cannot be made", e);
        }
    }

    private static PluginReport failed(String id, String version, String reason) {
        return new PluginReport(id, version, PluginReport.State.FAILED, reason);
    }

    private record Candidate(String file, String id, String version, List<String> needs, Path folder) {}
}
