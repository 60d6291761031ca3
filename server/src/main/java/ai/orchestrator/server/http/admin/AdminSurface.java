package ai.orchestrator.server.http.admin;

import ai.orchestrator.server.http.ErrorStyle;
import ai.orchestrator.server.http.Exchange;
import ai.orchestrator.server.http.Rights;
import ai.orchestrator.server.http.Routes;
import ai.orchestrator.server.http.Surface;
import ai.orchestrator.server.orchestration.CacheArchive;
import ai.orchestrator.server.orchestration.ResponseCache;
import ai.orchestrator.server.orchestration.RulesFile;
import ai.orchestrator.server.orchestration.WebSearch;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.file.Path;
import java.time.Clock;

/** {@code /api/stats}, {@code /api/analyze}, {@code /api/reload}, {@code /api/search} and {@code /api/cache}. */
public final class AdminSurface implements Surface {
    /** Sums of money are written out, never as {@code 1E-7}. */
    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
            .build();

    private final StatsView stats;
    private final AnalyzeEndpoint analyze;
    private final ReloadEndpoint reload;
    private final SearchEndpoint search;
    private final CacheEndpoints cache;
    private final ArchiveEndpoints archive;

    /**
     * The endpoints.
     *
     * @param backups the folder of the archive's files
     * @param maxBodyBytes the largest request body
     */
    public AdminSurface(
            StatsView stats,
            AnalyzeEndpoint analyze,
            RulesFile rules,
            WebSearch search,
            ResponseCache cache,
            CacheArchive archive,
            Path backups,
            Clock clock,
            long maxBodyBytes) {
        this.stats = stats;
        this.analyze = analyze;
        this.reload = new ReloadEndpoint(rules);
        this.search = new SearchEndpoint(search, maxBodyBytes);
        this.cache = new CacheEndpoints(cache);
        this.archive = new ArchiveEndpoints(archive, backups, clock);
    }

    @Override
    public void addTo(Routes routes) {
        routes.get("/api/stats", ErrorStyle.PLAIN, this::stats)
                .post("/api/analyze", ErrorStyle.PLAIN, analyze)
                .post("/api/reload", ErrorStyle.PLAIN, Rights.adminsOnly(reload))
                .post("/api/search", ErrorStyle.PLAIN, search)
                .post("/api/cache/backup", ErrorStyle.PLAIN, Rights.adminsOnly(archive.backup()))
                .post("/api/cache/verify", ErrorStyle.PLAIN, Rights.adminsOnly(archive.verify()))
                .post("/api/cache/restore", ErrorStyle.PLAIN, Rights.adminsOnly(archive.restore()))
                .post("/api/cache/import-legacy", ErrorStyle.PLAIN, Rights.adminsOnly(archive.importLegacy()))
                .delete("/api/cache", ErrorStyle.PLAIN, cache::removeAll)
                .delete("/api/cache/{key}", ErrorStyle.PLAIN, cache::remove);
    }

    private void stats(Exchange exchange) {
        try {
            exchange.sendJson(MAPPER.writeValueAsBytes(stats.snapshot()));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the statistics hold what is not JSON", e);
        }
    }
}
