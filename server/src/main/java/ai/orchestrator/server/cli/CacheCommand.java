package ai.orchestrator.server.cli;

import ai.orchestrator.plugin.cache.DurableCacheTier.Contents;
import ai.orchestrator.plugin.cache.DurableCacheTier.Imported;
import ai.orchestrator.plugin.cache.DurableCacheTier.Progress;
import ai.orchestrator.server.cli.OrchestratorCommand.ArchiveOpener;
import ai.orchestrator.server.cli.OrchestratorCommand.OpenArchive;
import ai.orchestrator.server.config.ListenAddress;
import ai.orchestrator.server.config.OrchestratorConfig;
import ai.orchestrator.server.orchestration.CacheArchive;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "cache",
        description = "Save the stored answers, check and bring back what was saved, or take over the old service's.",
        footer = {"", "A server that runs meanwhile does the work, and goes on answering."})
final class CacheCommand {
    private final Surroundings surroundings;
    private final ArchiveOpener opener;

    CacheCommand(Surroundings surroundings, ArchiveOpener opener) {
        this.surroundings = surroundings;
        this.opener = opener;
    }

    @FunctionalInterface
    private interface Work<T> {
        T on(CacheArchive archive, Path file, Progress progress);
    }

    @Command(name = "backup", description = "Write all stored answers to a new file.")
    int backup(@Parameters(paramLabel = "FILE", description = "Must not exist.") Path file) throws Exception {
        return saved(run(file, "saved", CacheArchive::backup), "saved to " + file);
    }

    @Command(name = "verify", description = "Read a backup from end to end, and say whether it is sound.")
    int verify(@Parameters(paramLabel = "FILE", description = "A backup.") Path file) throws Exception {
        Contents contents = run(file, "checked", CacheArchive::verify);
        return contents.unsound() == 0
                ? saved(contents, "sound in " + file)
                : surroundings
                        .terminal()
                        .failed(
                                contents.unsound() + " of " + contents.entries() + " answers in " + file
                                        + " are damaged",
                                json(contents));
    }

    @Command(
            name = "restore",
            description = "Put a backup's answers in place of all that are stored, once all of it is found sound.")
    int restore(@Parameters(paramLabel = "FILE", description = "A backup.") Path file) throws Exception {
        return saved(run(file, "restored", CacheArchive::restore), "restored from " + file);
    }

    @Command(
            name = "import-legacy",
            description = "Take over the answers of the old service, from its ai_cache.sqlite, which is only read.")
    int importLegacy(@Parameters(paramLabel = "FILE", description = "The old service's file.") Path file)
            throws Exception {
        Imported imported = run(file, "imported", CacheArchive::importLegacy);
        return surroundings
                .terminal()
                .done(
                        imported.imported() + " answers taken over from " + file + "; " + imported.expired()
                                + " were past their time, " + imported.unreadable() + " are no answers",
                        Terminal.object()
                                .put("imported", imported.imported())
                                .put("expired", imported.expired())
                                .put("unreadable", imported.unreadable()));
    }

    /** By the server that runs, else in this process. */
    private <T> T run(Path file, String done, Work<T> work) throws Exception {
        OrchestratorConfig config = surroundings.config(ListenAddress.NONE);
        Path whole = file.toAbsolutePath().normalize();
        ProgressLine line = new ProgressLine(
                surroundings.terminal().err(), config.origins(), surroundings.onTerminal(), System::nanoTime);
        Progress progress = (at, total) -> line.at(at + " of " + Math.max(at, total) + " " + done);
        Optional<RunningServer> server = RunningServer.find(config.server(), surroundings.home());
        try (OpenArchive open = server.isPresent()
                ? new OpenArchive(server.get(), server.get()::close)
                : opener.open(config, surroundings.home())) {
            return work.on(open.archive(), whole, progress);
        } finally {
            line.end();
        }
    }

    private int saved(Contents contents, String where) {
        String old = contents.oldReplies() == 0 ? "" : " and " + contents.oldReplies() + " of the old service";
        return surroundings.terminal().done(contents.entries() + " answers" + old + " " + where, json(contents));
    }

    private static ObjectNode json(Contents contents) {
        return Terminal.object()
                .put("entries", contents.entries())
                .put("bytes", contents.bytes())
                .put("unsound", contents.unsound())
                .put("old_replies", contents.oldReplies());
    }
}
