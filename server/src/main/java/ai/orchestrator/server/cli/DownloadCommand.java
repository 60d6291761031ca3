package ai.orchestrator.server.cli;

import ai.orchestrator.server.cli.Commands.Base;
import ai.orchestrator.server.config.DownloadConfig;
import ai.orchestrator.server.config.ListenAddress;
import ai.orchestrator.server.config.NearestName;
import ai.orchestrator.server.download.DownloadResult;
import ai.orchestrator.server.download.DownloadResult.Outcome;
import ai.orchestrator.server.download.Downloader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(name = "download", description = "Obtains files such as models, unless they are there.")
final class DownloadCommand extends Base implements Callable<Integer> {
    private final Surroundings surroundings;

    @Parameters(
            paramLabel = "NAME",
            description = "What to obtain, by its name under 'downloads' in orchestrator.yaml.")
    private List<String> names = new ArrayList<>();

    DownloadCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        List<DownloadConfig> wanted =
                wanted(surroundings.config(ListenAddress.NONE).downloads());
        Downloader downloader = new Downloader(surroundings.home(), surroundings.output()::note);
        List<DownloadResult> results = wanted.stream().map(downloader::obtain).toList();
        List<DownloadResult> failed =
                results.stream().filter(DownloadCommand::failed).toList();
        failed.forEach(result -> surroundings.output().note(line(result)));
        String done = results.stream()
                .filter(result -> !failed(result))
                .map(DownloadCommand::line)
                .collect(Collectors.joining(System.lineSeparator()));
        surroundings
                .output()
                .result(
                        done,
                        Map.of(
                                "downloads",
                                results.stream().map(DownloadCommand::members).toList()));
        return failed.isEmpty() ? 0 : 1;
    }

    private List<DownloadConfig> wanted(List<DownloadConfig> configured) {
        if (names.isEmpty()) {
            return configured.stream().filter(DownloadConfig::byDefault).toList();
        }
        List<String> known = configured.stream().map(DownloadConfig::name).toList();
        names.stream().filter(name -> !known.contains(name)).findFirst().ifPresent(name -> {
            throw usedWrongly("No download is called '" + name + "'" + NearestName.hint(name, known));
        });
        return configured.stream()
                .filter(download -> names.contains(download.name()))
                .toList();
    }

    private static boolean failed(DownloadResult result) {
        return result.outcome() == Outcome.FAILED;
    }

    private static String line(DownloadResult result) {
        return switch (result.outcome()) {
            case PRESENT -> result.name() + ": " + result.file() + " is there.";
            case OBTAINED -> result.name() + ": " + result.file() + " has been obtained.";
            case FAILED ->
                result.name() + ": " + result.file() + " could not be obtained: " + String.join("; ", result.reasons());
        };
    }

    private static Map<String, Object> members(DownloadResult result) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("name", result.name());
        members.put("file", result.file());
        members.put("outcome", result.outcome().name().toLowerCase(Locale.ROOT));
        members.put("reasons", result.reasons());
        return members;
    }
}
