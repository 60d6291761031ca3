package ai.orchestrator.model.llamacpp;

import ai.orchestrator.plugin.InvalidSettingException;
import ai.orchestrator.plugin.PluginContext;
import ai.orchestrator.plugin.Settings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The provider's settings.
 *
 * @param folder where the models' files are
 * @param context tokens of context that a model is loaded with
 * @param maxContext the most that a request's {@code num_ctx} can raise it to
 * @param parallel how many requests a model answers at once
 * @param threads how many threads a model computes with
 * @param keepAlive how long a model stays loaded after its last use; negative for ever
 * @param loadTimeout how long loading may take; zero for as long as it takes
 * @param requestTimeout how long a call may take that sets no deadline
 * @param maxLoaded how many models are loaded at once
 * @param maxQueue how many requests wait at once
 * @param maxTokens most tokens of an answer; 0 for as many as the context holds
 * @param engine what runs the models
 * @param javaOptions further options of the workers' JVMs
 */
record LlamaCppSettings(
        Path folder,
        int context,
        int maxContext,
        int parallel,
        int threads,
        Duration keepAlive,
        Duration loadTimeout,
        Duration requestTimeout,
        int maxLoaded,
        int maxQueue,
        int maxTokens,
        EngineChoice engine,
        ServerSettings server,
        List<String> javaOptions,
        List<ConfiguredModel> models) {
    static final int MOST_CONTEXT = 1 << 24;

    private static final int LEAST_CONTEXT = 64;
    private static final int AUTO_CONTEXT = 4096;
    private static final int AUTO_PARALLEL = 4;
    private static final int AUTO_LOADED = 3;

    static LlamaCppSettings of(PluginContext context) {
        Settings settings = context.settings();
        int cores = Runtime.getRuntime().availableProcessors();
        int contextLength = context(settings);
        return new LlamaCppSettings(
                context.resolve(settings.text("folder", "models")),
                contextLength,
                Math.max(contextLength, whole(settings, "max_context", 32_768, 64, MOST_CONTEXT)),
                orAuto(whole(settings, "parallel", AUTO_PARALLEL, 0, 64), AUTO_PARALLEL),
                whole(settings, "threads", cores, 1, 1024),
                keepAlive(settings),
                settings.duration("load_timeout", Duration.ofMinutes(5)),
                settings.duration("request_timeout", Duration.ofMinutes(30)),
                orAuto(whole(settings, "max_loaded", 2, 0, 64), AUTO_LOADED),
                whole(settings, "max_queue", 512, 1, 1_000_000),
                whole(settings, "max_tokens", 0, 0, MOST_CONTEXT),
                settings.oneOf("engine", EngineChoice.AUTO),
                ServerSettings.of(context, settings.section("server")),
                settings.texts("java_options"),
                models(settings));
    }

    /** The context to load a model with, for a request that asks for so much. */
    int contextFor(ModelFile model, Optional<Integer> asked) {
        int own = model.configured()
                .map(configured -> configured.context().orElse(context))
                .orElse(context);
        int wanted = Math.max(own, Math.min(asked.orElse(own), maxContext));
        return Math.min(wanted, model.facts().contextLength().orElse(wanted));
    }

    private static List<ConfiguredModel> models(Settings settings) {
        List<ConfiguredModel> models = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (Settings section : settings.sections("models")) {
            ConfiguredModel model = ConfiguredModel.of(section, models.size());
            if (!names.add(model.name())) {
                throw new InvalidSettingException(
                        "models[" + models.size() + "].name", "'" + model.name() + "' is there twice");
            }
            models.add(model);
        }
        return List.copyOf(models);
    }

    private static Duration keepAlive(Settings settings) {
        String text = settings.text("keep_alive", "5m");
        try {
            return KeepAlive.parse(text);
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw new InvalidSettingException(
                    "keep_alive", "expected a duration such as 5m, a number of seconds, or -1, found '" + text + "'");
        }
    }

    private static int context(Settings settings) {
        int given = whole(settings, "context", AUTO_CONTEXT, 0, MOST_CONTEXT);
        return given == 0 ? AUTO_CONTEXT : whole(settings, "context", AUTO_CONTEXT, LEAST_CONTEXT, MOST_CONTEXT);
    }

    private static int orAuto(int given, int auto) {
        return given == 0 ? auto : given;
    }

    private static int whole(Settings settings, String name, int fallback, int min, int max) {
        return (int) settings.number(name, fallback, min, max);
    }
}
