package ai.orchestrator.server.http.admin;

import ai.orchestrator.plugin.FailureCode;
import ai.orchestrator.plugin.PluginFailure;
import ai.orchestrator.plugin.cache.DurableCacheTier.Contents;
import ai.orchestrator.plugin.cache.DurableCacheTier.Imported;
import ai.orchestrator.plugin.cache.DurableCacheTier.Progress;
import ai.orchestrator.server.http.Endpoint;
import ai.orchestrator.server.http.Exchange;
import ai.orchestrator.server.http.HttpProblem;
import ai.orchestrator.server.http.JsonObject;
import ai.orchestrator.server.http.JsonText;
import ai.orchestrator.server.orchestration.CacheArchive;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.regex.Pattern;

/**
 * {@code POST /api/cache/backup}, {@code verify}, {@code restore} and {@code import-legacy}. A caller names a file in the folder of backups, never a path;
 * the reply tells the progress line by line, or with {@code "stream": false} the outcome alone.
 */
final class ArchiveEndpoints {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,127}");
    private static final DateTimeFormatter TIMESTAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss.SSS'Z'").withZone(ZoneOffset.UTC);
    private static final long MAX_BODY = 4_096;

    private final CacheArchive archive;
    private final Path folder;
    private final Clock clock;

    ArchiveEndpoints(CacheArchive archive, Path folder, Clock clock) {
        this.archive = archive;
        this.folder = folder;
        this.clock = clock;
    }

    Endpoint backup() {
        return exchange -> {
            JsonObject body = body(exchange);
            String name = body.has("name") ? name(body) : "cache-" + TIMESTAMP.format(clock.instant()) + ".backup";
            answer(exchange, body, "backing up", progress -> {
                makeFolder();
                return contents(name, archive.backup(folder.resolve(name), progress));
            });
        };
    }

    Endpoint verify() {
        return exchange -> onFile(
                exchange,
                "checking",
                (name, progress) -> contents(name, archive.verify(folder.resolve(name), progress)));
    }

    Endpoint restore() {
        return exchange -> onFile(
                exchange,
                "restoring",
                (name, progress) -> contents(name, archive.restore(folder.resolve(name), progress)));
    }

    Endpoint importLegacy() {
        return exchange -> onFile(
                exchange,
                "importing",
                (name, progress) -> imported(name, archive.importLegacy(folder.resolve(name), progress)));
    }

    @FunctionalInterface
    private interface NamedWork {
        JsonText.Writing run(String name, Progress progress);
    }

    private static void onFile(Exchange exchange, String status, NamedWork work) {
        JsonObject body = body(exchange);
        String name = name(body);
        answer(exchange, body, status, progress -> work.run(name, progress));
    }

    private void makeFolder() {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new PluginFailure.Permanent(FailureCode.UNAVAILABLE, "the folder of backups cannot be made", e);
        }
    }

    private static JsonObject body(Exchange exchange) {
        return exchange.jsonBody(MAX_BODY).members("");
    }

    private static void answer(Exchange exchange, JsonObject body, String status, ProgressLines.Work work) {
        ProgressLines.answer(exchange, body.bool("stream").orElse(true), status, work);
    }

    private static String name(JsonObject body) {
        String name = body.text("name");
        if (!NAME.matcher(name).matches()) {
            throw HttpProblem.badRequest(
                    "'name' must name a file in the folder of backups: 1 to 128 letters, digits and . _ -, the first a letter or digit");
        }
        return name;
    }

    private static JsonText.Writing contents(String name, Contents contents) {
        return json -> {
            json.writeStartObject();
            json.writeStringField("status", "success");
            json.writeStringField("name", name);
            json.writeNumberField("entries", contents.entries());
            json.writeNumberField("bytes", contents.bytes());
            json.writeNumberField("unsound", contents.unsound());
            json.writeNumberField("old_replies", contents.oldReplies());
            json.writeEndObject();
        };
    }

    private static JsonText.Writing imported(String name, Imported imported) {
        return json -> {
            json.writeStartObject();
            json.writeStringField("status", "success");
            json.writeStringField("name", name);
            json.writeNumberField("imported", imported.imported());
            json.writeNumberField("expired", imported.expired());
            json.writeNumberField("unreadable", imported.unreadable());
            json.writeEndObject();
        };
    }
}
