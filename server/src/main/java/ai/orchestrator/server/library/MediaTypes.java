package ai.orchestrator.server.library;

import java.util.Set;

/** What the parts of a model are called in its manifest. */
final class MediaTypes {
    static final String MANIFEST = "application/vnd.docker.distribution.manifest.v2+json";
    static final String CONFIG = "application/vnd.docker.container.image.v1+json";
    static final String WEIGHTS = "application/vnd.ollama.image.model";
    static final String ADAPTER = "application/vnd.ollama.image.adapter";
    static final String PROJECTOR = "application/vnd.ollama.image.projector";
    static final String TENSOR = "application/vnd.ollama.image.tensor";
    static final String TEMPLATE = "application/vnd.ollama.image.template";
    static final String SYSTEM = "application/vnd.ollama.image.system";
    static final String PARAMETERS = "application/vnd.ollama.image.params";
    static final String MESSAGES = "application/vnd.ollama.image.messages";
    static final String LICENSE = "application/vnd.ollama.image.license";

    /** Older models have their template under this name. */
    static final String PROMPT = "application/vnd.ollama.image.prompt";

    /** The manifests that describe one model. */
    static final Set<String> MANIFESTS = Set.of(MANIFEST, "application/vnd.oci.image.manifest.v1+json");

    private MediaTypes() {}
}
