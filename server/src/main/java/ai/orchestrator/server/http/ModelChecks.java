package ai.orchestrator.server.http;

import ai.orchestrator.plugin.model.Capability;
import ai.orchestrator.plugin.model.ModelInfo;
import ai.orchestrator.server.orchestration.AnswerFailure;
import ai.orchestrator.server.orchestration.ModelCatalog;
import ai.orchestrator.server.orchestration.ModelName;
import ai.orchestrator.server.orchestration.ModelSource;
import java.util.Optional;

/** Whether there is such a model and whether it can do what is asked, with Ollama's own sentences where not. */
public final class ModelChecks {
    private final ModelCatalog catalog;

    /** Over a catalog. */
    public ModelChecks(ModelCatalog catalog) {
        this.catalog = catalog;
    }

    /** The model of a name; empty where only the pipeline may know it, since rules can bind any name. */
    public Optional<ModelInfo> find(String name) {
        requireOneSource(name);
        Optional<ModelInfo> model = catalog.find(name);
        if (model.isEmpty() && ModelName.parse(name).isEmpty()) {
            throw HttpProblem.badRequest("invalid model name");
        }
        return model;
    }

    /** Refuses a name that asks for both a local and a remote model. */
    public static void requireOneSource(String name) {
        if (ModelSource.isAmbiguous(name)) {
            throw HttpProblem.badRequest("use either :local or :cloud, not both");
        }
    }

    /** The reply where there is no such model, with the reason if one is known, or where it may not be used. */
    public HttpProblem notFound(String name) {
        return notFound(name, "remote model is unavailable");
    }

    /** The same where only its description was asked for. */
    public HttpProblem notDescribed(String name) {
        return notFound(name, "remote model details are unavailable");
    }

    private HttpProblem notFound(String name, String unavailable) {
        if (catalog.refusesRemote(name)) {
            return cloudOff(unavailable);
        }
        String reason = ModelName.parse(name).isEmpty()
                ? ""
                : catalog.whyMissing(name).map(why -> ": " + why).orElse("");
        return new HttpProblem(404, "model '" + name + "' not found" + reason);
    }

    /** Runs {@code answer}, saying in Ollama's words that the model is not there. */
    public void naming(String model, Runnable answer) {
        try {
            answer.run();
        } catch (AnswerFailure failure) {
            throw switch (failure.kind()) {
                case MODEL_NOT_FOUND -> notFound(model);
                case BAD_MODEL_NAME -> HttpProblem.badRequest("invalid model name");
                case NOT_CACHED, OVER_BUDGET, NO_ROUTE -> failure;
            };
        }
    }

    /** Refuses a model that does not generate text. */
    public static void requireCompletion(ModelInfo model, String asked, String operation) {
        if (!model.capabilities().contains(Capability.COMPLETION)) {
            throw HttpProblem.badRequest("\"" + asked + "\" does not support " + operation);
        }
    }

    /** Refuses a model that lacks what the request needs. {@code auto} is not asked: its rules choose a model that can. */
    public static void require(ModelInfo model, String asked, boolean needed, Capability capability) {
        if (!needed || ModelName.isAuto(asked) || model.capabilities().contains(capability)) {
            return;
        }
        throw HttpProblem.badRequest(
                switch (capability) {
                    case THINKING -> "\"" + asked + "\" does not support thinking";
                    case VISION -> "Multimodal data provided, but model does not support multimodal requests.";
                    case TOOLS -> longName(model) + " does not support tools";
                    case INSERT -> longName(model) + " does not support insert";
                    case COMPLETION, EMBEDDING -> throw new IllegalArgumentException("checked elsewhere");
                });
    }

    static HttpProblem cloudOff(String unavailable) {
        return new HttpProblem(403, "ollama cloud is disabled: " + unavailable);
    }

    private static String longName(ModelInfo model) {
        String name = model.name();
        return switch (name.split("/", -1).length) {
            case 1 -> "registry.ollama.ai/library/" + name;
            case 2 -> "registry.ollama.ai/" + name;
            default -> name;
        };
    }
}
