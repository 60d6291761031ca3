package ai.orchestrator.model.llamacpp;

import ai.orchestrator.plugin.InvalidSettingException;
import ai.orchestrator.plugin.Settings;
import ai.orchestrator.plugin.model.SamplingOptions;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/**
 * A model that the settings name.
 *
 * @param name with tag, in lower case
 * @param file where its file is, from the models' folder
 * @param adapters where the files are that are applied to it, from the models' folder
 * @param projector where the file is that turns images into what it reads, from the models' folder
 * @param howToGet what the operator does to get it; may be empty
 * @param context tokens of context to load it with, if not the provider's default
 * @param engine what runs it, if not the provider's choice
 * @param parameters its own default options
 */
record ConfiguredModel(
        String name,
        String file,
        List<String> adapters,
        Optional<String> projector,
        String howToGet,
        OptionalInt context,
        Optional<EngineChoice> engine,
        SamplingOptions parameters) {
    private static final Pattern NAME = Pattern.compile("[a-z0-9_][a-z0-9_./-]{0,127}:[a-z0-9_][a-z0-9_.-]{0,79}");

    static ConfiguredModel of(Settings settings, int index) {
        String name = fullName(settings.text("name"));
        if (!NAME.matcher(name).matches()) {
            throw new InvalidSettingException(
                    "models[" + index + "].name", "expected a name such as smollm2:135m, found '" + name + "'");
        }
        int context = (int) settings.number("context", 0, 0, LlamaCppSettings.MOST_CONTEXT);
        return new ConfiguredModel(
                name,
                settings.text("file"),
                settings.texts("adapters"),
                settings.optionalText("projector"),
                settings.text("how_to_get", ""),
                context == 0 ? OptionalInt.empty() : OptionalInt.of(context),
                settings.optionalText("engine").map(given -> settings.oneOf("engine", EngineChoice.AUTO)),
                ModelParameters.of(settings.section("parameters")));
    }

    /** A name in lower case, with the tag {@code latest} where it has none. */
    static String fullName(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return lower.indexOf(':', lower.lastIndexOf('/') + 1) >= 0 ? lower : lower + ":latest";
    }
}
