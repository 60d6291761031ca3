package ai.orchestrator.model.llamacpp;

import ai.orchestrator.plugin.PluginContext;
import ai.orchestrator.plugin.Settings;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The operator's wishes for {@code llama-server}.
 *
 * @param binary the one to use
 * @param installed where {@code manage.sh engine} puts one
 * @param args further arguments, which win over ours
 */
record ServerSettings(Optional<Path> binary, Path installed, List<String> args) {
    static ServerSettings of(PluginContext context, Settings settings) {
        return new ServerSettings(
                settings.optionalText("binary").map(context::resolve),
                context.resolve("engine/bin/" + ServerBinary.NAME),
                settings.texts("args"));
    }
}
