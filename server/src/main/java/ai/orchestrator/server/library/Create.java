package ai.orchestrator.server.library;

import ai.orchestrator.plugin.model.ModelInfo;
import ai.orchestrator.plugin.model.RemoteOrigin;
import ai.orchestrator.server.orchestration.LibraryFailure;
import ai.orchestrator.server.orchestration.LibraryProgress;
import ai.orchestrator.server.orchestration.ModelName;
import ai.orchestrator.server.orchestration.NewModel;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Makes models of files, and of other models. */
final class Create {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final List<String> INFO =
            List.of("model_family", "capabilities", "context_length", "embedding_length");

    private final StoredModels models;
    private final StoredModelProvider provider;
    private final Pull pull;
    private final Quantizer quantizer;

    Create(StoredModels models, StoredModelProvider provider, Pull pull, Quantizer quantizer) {
        this.models = models;
        this.provider = provider;
        this.pull = pull;
        this.quantizer = quantizer;
    }

    void run(StoredName name, NewModel wanted, LibraryProgress progress) {
        if (!wanted.quantize().isEmpty()) {
            quantizer.require();
        }
        Draft draft =
                wanted.files().isEmpty() ? basedOn(wanted, progress) : new Draft(models.blobs(), ModelConfig.empty());
        try {
            make(draft, wanted, progress);
            finish(name, draft, progress);
        } catch (RuntimeException e) {
            draft.made().forEach(models::removeUnused);
            throw e;
        }
        progress.status("success");
    }

    private void make(Draft draft, NewModel wanted, LibraryProgress progress) {
        if (!wanted.files().isEmpty()) {
            progress.status("parsing GGUF");
            draft.addFiles(new TreeMap<>(wanted.files()).values(), Set.of(GgufHead.Kind.values()), progress);
            if (!draft.hasWeights()) {
                throw LibraryFailure.invalid("none of the files holds a model's weights");
            }
        }
        if (!wanted.adapters().isEmpty() && !draft.hasWeights()) {
            throw LibraryFailure.invalid(
                    "adapters need a model of this server's library, which '" + wanted.from() + "' is not");
        }
        draft.addFiles(new TreeMap<>(wanted.adapters()).values(), Set.of(GgufHead.Kind.ADAPTER), progress);
        if (!wanted.quantize().isEmpty()) {
            draft.quantize(Quantizer.type(wanted.quantize()), quantizer, progress);
        }
        fill(draft, wanted);
    }

    private void finish(StoredName name, Draft draft, LibraryProgress progress) {
        Manifest manifest = draft.manifest();
        try (StoredModels.Pin _ = models.pin(manifest.digests())) {
            for (Layer layer : manifest.parts()) {
                boolean isNew = draft.made().contains(layer.digest());
                progress.status((isNew ? "creating new layer " : "using existing layer ") + layer.digest());
            }
            models.read(name, manifest.bytes());
            progress.status("writing manifest");
            models.put(name, manifest.bytes());
        }
    }

    private Draft basedOn(NewModel wanted, LibraryProgress progress) {
        if (!wanted.remoteHost().isEmpty()) {
            return remote(wanted);
        }
        String from = ModelName.parse(wanted.from())
                .map(ModelName::full)
                .orElseThrow(() -> LibraryFailure.invalid("invalid model name"));
        if (from.equals(ModelName.AUTO)) {
            throw LibraryFailure.invalid("'auto' stands for a choice of models, and no model can be made from it");
        }
        Optional<ModelInfo> other = provider.configured(from);
        if (other.isPresent()) {
            return Draft.standingFor(models.blobs(), standingFor(other.get()), provider.template(other.get()));
        }
        if (models.find(from).isEmpty()) {
            StoredName.parse(wanted.from()).ifPresent(name -> pull.run(name, new FirstSteps(progress)));
        }
        return models.find(from)
                .map(base -> new Draft(models.blobs(), base))
                .orElseThrow(() -> LibraryFailure.invalid("model '" + wanted.from() + "' not found"));
    }

    /** The configuration of a model that another one of this server answers for. */
    static ModelConfig standingFor(ModelInfo other) {
        ModelConfig config = ModelConfig.empty();
        return other.remote()
                .map(remote -> config.remote(remote.model(), remote.host()))
                .orElseGet(() -> config.aliasOf(other.name()));
    }

    private Draft remote(NewModel wanted) {
        List<RemoteOrigin> origins = provider.remotes().stream()
                .filter(origin -> RemoteHosts.same(origin.host(), wanted.remoteHost()))
                .toList();
        if (origins.isEmpty()) {
            throw LibraryFailure.invalid("this server cannot run this remote model");
        }
        RemoteOrigin origin = origins.stream()
                .filter(known -> known.model().equals(wanted.from()))
                .findFirst()
                .orElseThrow(() -> LibraryFailure.invalid("this server cannot run this remote model: '" + wanted.from()
                        + "' is not among those that the configuration names for "
                        + origins.getFirst().host()));
        return new Draft(models.blobs(), ModelConfig.empty().remote(origin.model(), origin.host()));
    }

    private static void fill(Draft draft, NewModel wanted) {
        wanted.template().ifPresent(draft::template);
        wanted.system().ifPresent(text -> draft.texts(MediaTypes.SYSTEM, List.of(text)));
        if (!wanted.licenses().isEmpty()) {
            draft.texts(MediaTypes.LICENSE, wanted.licenses());
        }
        if (!wanted.parameters().isEmpty()) {
            draft.parameters(wanted.parameters());
        }
        if (!wanted.messages().isEmpty()) {
            draft.messages(wanted.messages());
        }
        ModelConfig config = draft.config();
        config = wanted.renderer().isEmpty() ? config : config.with("renderer", wanted.renderer());
        config = wanted.parser().isEmpty() ? config : config.with("parser", wanted.parser());
        config = wanted.requires().isEmpty() ? config : config.with("requires", wanted.requires());
        draft.config(wanted.infoJson().isEmpty() ? config : informed(config, wanted.infoJson()));
    }

    private static ModelConfig informed(ModelConfig config, String infoJson) {
        try {
            JsonNode info = MAPPER.readTree(infoJson);
            ModelConfig informed = config;
            for (String name : INFO) {
                informed = info.has(name) ? informed.with(name, info.get(name)) : informed;
            }
            return informed;
        } catch (JsonProcessingException e) {
            throw new LibraryFailure(LibraryFailure.Kind.INVALID, "'info' is not a JSON object", e);
        }
    }

    /** The progress of what comes before the end of the whole. */
    private record FirstSteps(LibraryProgress whole) implements LibraryProgress {
        @Override
        public void status(String status) {
            if (!status.equals("success")) {
                whole.status(status);
            }
        }

        @Override
        public void transferring(String status, String digest, long total, long completed) {
            whole.transferring(status, digest, total, completed);
        }

        @Override
        public void nothingNew() {
            whole.nothingNew();
        }
    }
}
