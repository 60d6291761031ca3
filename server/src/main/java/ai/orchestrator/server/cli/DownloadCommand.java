package ai.orchestrator.server.cli;

import ai.orchestrator.server.config.DownloadConfig;
import ai.orchestrator.server.config.ListenAddress;
import ai.orchestrator.server.config.OrchestratorConfig;
import ai.orchestrator.server.config.Origins;
import ai.orchestrator.server.download.DownloadResult;
import ai.orchestrator.server.download.DownloadResult.Outcome;
import ai.orchestrator.server.download.Downloader;
import ai.orchestrator.server.yaml.NearestName;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(name = "download", description = "Obtain the models that the configuration lists under 'downloads'.")
final class DownloadCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    @Parameters(paramLabel = "NAME", description = "What to obtain; without a name, all that is marked as default.")
    private List<String> names = new ArrayList<>();

    @Option(names = "--all", description = "Obtain everything that is listed.")
    private boolean all;

    @Spec
    private CommandSpec spec = CommandSpec.create(); // the parser puts its own here

    DownloadCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws InterruptedException {
        if (all && !names.isEmpty()) {
            throw misuse("give names or --all, not both");
        }
        OrchestratorConfig config = surroundings.config(ListenAddress.NONE);
        Terminal terminal = surroundings.terminal();
        Origins secrets = config.origins();
        Downloader downloader = new Downloader(surroundings.home(), line -> terminal.note(secrets.redact(line)));
        ObjectNode object = Terminal.object();
        ArrayNode results = object.putArray("downloads");
        List<String> failures = new ArrayList<>();
        List<DownloadConfig> wanted = wanted(config.downloads());
        if (wanted.isEmpty()) {
            terminal.part("nothing to obtain: no download is " + (all ? "listed" : "marked 'default: true'"));
        }
        for (DownloadConfig one : wanted) {
            DownloadResult result = downloader.obtain(one);
            results.add(json(result));
            if (result.outcome() == Outcome.FAILED) {
                failures.add(secrets.redact(reasons(result)));
            } else {
                terminal.part(sentence(result));
            }
        }
        return failures.isEmpty() ? terminal.done(object) : terminal.failed(String.join("\n", failures), object);
    }

    private List<DownloadConfig> wanted(List<DownloadConfig> listed) {
        if (names.isEmpty()) {
            return listed.stream().filter(one -> all || one.byDefault()).toList();
        }
        List<String> known = listed.stream().map(DownloadConfig::name).toList();
        Set<String> unknown = new LinkedHashSet<>(names);
        unknown.removeAll(known);
        if (!unknown.isEmpty()) {
            String name = unknown.iterator().next();
            throw misuse("there is no download '" + name + "'" + NearestName.hint(name, known));
        }
        return listed.stream().filter(one -> names.contains(one.name())).toList();
    }

    private ParameterException misuse(String message) {
        return new ParameterException(spec.commandLine(), message);
    }

    private static String sentence(DownloadResult result) {
        return result.name() + ": " + result.file() + (result.outcome() == Outcome.PRESENT ? " is there" : " obtained");
    }

    private static String reasons(DownloadResult result) {
        String separator = result.reasons().size() == 1 ? " " : "\n  ";
        return result.name() + " could not be obtained:" + separator + String.join("\n  ", result.reasons());
    }

    private static ObjectNode json(DownloadResult result) {
        return Terminal.object()
                .put("name", result.name())
                .put("file", result.file())
                .put("outcome", result.outcome().name().toLowerCase(Locale.ROOT));
    }
}
