package ai.orchestrator.server;

import static org.assertj.core.api.Assertions.assertThat;

import ai.orchestrator.server.search.EngineReport;
import ai.orchestrator.server.search.NamedReranker;
import ai.orchestrator.server.search.SearchReport;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SearchFiguresTest {
    @Test
    void showsHowEachEngineHasDone() throws JsonProcessingException {
        EngineReport.Failure failure =
                new EngineReport.Failure(Instant.parse("2026-11-23T00:40:01.123Z"), "It is away.");
        SearchReport report = new SearchReport(
                7,
                1,
                2,
                List.of(
                        new EngineReport("local", 7, 0, 31, 0, Optional.empty()),
                        new EngineReport("web", 7, 2, 40, 3, Optional.of(failure))),
                Optional.of(new NamedReranker.Report("ranker", 9, 2)));

        assertThat(new ObjectMapper().writeValueAsString(SearchFigures.of(report)))
                .isEqualTo("{\"searches\":7,\"all_failed\":1,\"dropped\":2,\"engines\":["
                        + "{\"name\":\"local\",\"searches\":7,\"cached\":0,\"results\":31,\"failures\":0},"
                        + "{\"name\":\"web\",\"searches\":7,\"cached\":2,\"results\":40,\"failures\":3,"
                        + "\"last_failure\":\"It is away.\",\"last_failure_at\":\"2026-11-23T00:40:01.123Z\"}],"
                        + "\"reranker\":{\"name\":\"ranker\",\"calls\":9,\"failures\":2}}");
    }
}
