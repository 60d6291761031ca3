package ai.orchestrator.server.cli;

import ai.orchestrator.plugin.FailureCode;
import ai.orchestrator.plugin.PluginFailure;
import ai.orchestrator.plugin.cache.DurableCacheTier.Contents;
import ai.orchestrator.plugin.cache.DurableCacheTier.Imported;
import ai.orchestrator.plugin.cache.DurableCacheTier.Progress;
import ai.orchestrator.server.config.AccessConfig.ApiKey;
import ai.orchestrator.server.config.ServerConfig;
import ai.orchestrator.server.orchestration.CacheArchive;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

/** The archive of the server that runs at the configured address, by its API. Files change hands in its folder of backups. */
final class RunningServer implements CacheArchive, AutoCloseable {
    private static final int UNAUTHORIZED = 401;
    private static final Duration CONNECT = Duration.ofSeconds(2);
    /** What SQLite keeps beside a file that is open, or that a crash has left: without its log, a copy would lack what came last. */
    private static final String LOG = "-wal";

    private static final String LOG_INDEX = "-shm";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(CONNECT).build();
    private final ServerConfig server;
    private final Path folder;

    private RunningServer(ServerConfig server, Path home) {
        this.server = server;
        this.folder = home.resolve("data/backups");
    }

    /** Empty if nothing, or something else, listens at the address. */
    static Optional<RunningServer> find(ServerConfig server, Path home) throws InterruptedException {
        RunningServer running = new RunningServer(server, home);
        try {
            HttpResponse<String> health = running.client.send(
                    running.call("/api/health").timeout(CONNECT).build(), BodyHandlers.ofString());
            if (JSON.readTree(health.body()).has("uptime_seconds")) {
                return Optional.of(running);
            }
        } catch (IOException e) {
            // nobody is there, or somebody who speaks otherwise
        }
        running.close();
        return Optional.empty();
    }

    @Override
    public Contents backup(Path target, Progress progress) {
        if (Files.exists(target)) {
            throw new PluginFailure.Permanent(
                    FailureCode.INVALID_REQUEST, "there is already a file " + target.getFileName());
        }
        String name = newName();
        JsonNode outcome = post("backup", name, progress);
        try {
            Files.move(folder.resolve(name), target);
        } catch (IOException e) {
            throw new PluginFailure.Permanent(
                    FailureCode.UNAVAILABLE,
                    "the backup is " + name + " in the server's folder data/backups, and could not be moved from there",
                    e);
        }
        return contents(outcome);
    }

    @Override
    public Contents verify(Path source, Progress progress) {
        return contents(withCopy(source, "verify", progress));
    }

    @Override
    public Contents restore(Path source, Progress progress) {
        return contents(withCopy(source, "restore", progress));
    }

    @Override
    public Imported importLegacy(Path source, Progress progress) {
        JsonNode outcome = withCopy(source, "import-legacy", progress);
        return new Imported(
                outcome.path("imported").asLong(),
                outcome.path("expired").asLong(),
                outcome.path("unreadable").asLong());
    }

    @Override
    public void close() {
        client.close();
    }

    private JsonNode withCopy(Path source, String action, Progress progress) {
        if (!Files.isRegularFile(source)) {
            throw new PluginFailure.Permanent(FailureCode.NOT_FOUND, "there is no file " + source.getFileName());
        }
        Path copy = folder.resolve(newName());
        try {
            Files.createDirectories(folder);
            Files.copy(source, copy);
            Path log = beside(source, LOG);
            if (Files.exists(log)) {
                Files.copy(log, beside(copy, LOG));
            }
            return post(action, String.valueOf(copy.getFileName()), progress);
        } catch (IOException e) {
            throw new PluginFailure.Permanent(
                    FailureCode.UNAVAILABLE, "the file could not be copied into the server's folder data/backups", e);
        } finally {
            deleteQuietly(copy);
            deleteQuietly(beside(copy, LOG));
            deleteQuietly(beside(copy, LOG_INDEX));
        }
    }

    private JsonNode post(String action, String name, Progress progress) {
        HttpRequest request = call("/api/cache/" + action)
                .POST(HttpRequest.BodyPublishers.ofString("{\"name\": \"" + name + "\"}"))
                .build();
        try {
            HttpResponse<InputStream> response = client.send(request, BodyHandlers.ofInputStream());
            if (response.statusCode() == UNAUTHORIZED) {
                response.body().close();
                throw new PluginFailure.Permanent(
                        FailureCode.CREDENTIALS,
                        "the server at " + server.url()
                                + " asks for a key: give one in 'server.api_keys' the rights for this by 'admin: true'");
            }
            try (BufferedReader lines =
                    new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    JsonNode told = JSON.readTree(line);
                    if (told.has("error")) {
                        throw new PluginFailure.Permanent(
                                FailureCode.UNAVAILABLE, told.path("error").asText());
                    }
                    if (told.path("status").asText().equals("success")) {
                        return told;
                    }
                    progress.at(
                            told.path("completed").asLong(), told.path("total").asLong());
                }
            }
        } catch (JsonProcessingException e) {
            throw new PluginFailure.Permanent(
                    FailureCode.BAD_REPLY, "the server at " + server.url() + " does not answer as expected", e);
        } catch (IOException e) {
            throw new PluginFailure.Permanent(
                    FailureCode.BROKEN_OFF, "the connection to the server at " + server.url() + " broke off", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PluginFailure.Cancelled();
        }
        throw new PluginFailure.Permanent(
                FailureCode.BROKEN_OFF, "the server at " + server.url() + " did not come to an end");
    }

    /** With an admin's key, if there is one; any other would only take away the rights that a caller on this machine has without. */
    private HttpRequest.Builder call(String path) {
        HttpRequest.Builder call = HttpRequest.newBuilder(URI.create(server.url() + path));
        server.access().keys().stream()
                .filter(ApiKey::admin)
                .findFirst()
                .ifPresent(key -> call.header("Authorization", "Bearer " + key.key()));
        return call;
    }

    private static Contents contents(JsonNode outcome) {
        return new Contents(
                outcome.path("entries").asLong(),
                outcome.path("bytes").asLong(),
                outcome.path("unsound").asLong(),
                outcome.path("old_replies").asLong());
    }

    private static String newName() {
        return "cli-" + UUID.randomUUID();
    }

    private static Path beside(Path file, String end) {
        return file.resolveSibling(file.getFileName() + end);
    }

    private static void deleteQuietly(Path copy) {
        try {
            Files.deleteIfExists(copy);
        } catch (IOException e) {
            // it is in the way of nobody
        }
    }
}
