package ai.orchestrator.server.http.admin;

import static org.assertj.core.api.Assertions.assertThat;

import ai.orchestrator.server.http.TestClient;
import ai.orchestrator.server.http.TestClient.Reply;
import ai.orchestrator.server.http.TestServer;
import ai.orchestrator.server.orchestration.CostFigures;
import ai.orchestrator.server.orchestration.CostReports;
import ai.orchestrator.server.orchestration.Feedback;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MoneyEndpointsTest {
    private static final CostFigures SOME = new CostFigures(
            3, 2, 1, 100, 20, new BigDecimal("0.00000010"), BigDecimal.ZERO, new BigDecimal("12E+2"), 1, 0);

    private final FakeReports reports = new FakeReports();
    private final FakeFeedback feedback = new FakeFeedback();
    private TestServer server;
    private TestClient client;

    @BeforeEach
    void start() {
        server = TestServer.of(new MoneySurface(reports, feedback, () -> Instant.parse("2026-11-29T23:59:59Z")));
        client = server.client();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void showsTheBillOfTheMonthByDayAndRoute() {
        Reply reply = client.get("/api/costs");

        assertThat(reports.asked)
                .containsExactly(new CostReports.Query(
                        LocalDate.of(2026, 11, 1),
                        LocalDate.of(2026, 11, 29),
                        List.of(CostReports.By.DAY, CostReports.By.ROUTE),
                        Optional.empty()));
        String figures = "\"calls\":3,\"hits\":2,\"shared\":1,\"prompt_tokens\":100,\"completion_tokens\":20,"
                + "\"spent_usd\":0.0000001,\"assumed_usd\":0,\"saved_usd\":1200,\"estimated_calls\":1,\"unknown_cost_calls\":0}";
        String twice = "\"calls\":6,\"hits\":4,\"shared\":2,\"prompt_tokens\":200,\"completion_tokens\":40,"
                + "\"spent_usd\":0.0000002,\"assumed_usd\":0,\"saved_usd\":2400,\"estimated_calls\":2,\"unknown_cost_calls\":0}";
        assertThat(reply.body())
                .isEqualTo("{\"from\":\"2026-11-01\",\"to\":\"2026-11-29\",\"by\":[\"day\",\"route\"],\"lines\":["
                        + "{\"day\":\"DAY\",\"route\":\"ROUTE\"," + figures + ",{\"day\":\"=DAY,2\",\"route\":\"\\\"\","
                        + figures + "],\"totals\":{" + twice + "}");
    }

    @Test
    void showsItAsCsv() {
        Reply reply = client.get("/api/costs?by=key,model&from=2026-01-02&to=2026-01-02", "Accept", "text/csv");

        assertThat(reply.header("Content-Type")).isEqualTo("text/csv; charset=utf-8; header=present");
        String figures = ",3,2,1,100,20,0.0000001,0,1200,1,0\r\n";
        assertThat(reply.body())
                .isEqualTo(
                        "key,model,calls,hits,shared,prompt_tokens,completion_tokens,spent_usd,assumed_usd,saved_usd,"
                                + "estimated_calls,unknown_cost_calls\r\n"
                                + "KEY,MODEL" + figures + "\"'=KEY,2\",\"\"\"\"" + figures
                                + "total,,6,4,2,200,40,0.0000002,0,2400,2,0\r\n");
        assertThat(client.get("/api/costs?format=csv").body()).startsWith("day,route,");
        assertThat(client.get("/api/costs?format=json", "Accept", "text/csv").body())
                .startsWith("{");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "from=2026-13-01 | 'from' must be a day such as 2026-11-29, not '2026-13-01'",
                "to=today | 'to' must be a day such as 2026-11-29, not 'today'",
                "from=2026-11-02&to=2026-11-01 | 'from' is after 'to'",
                "by=week | 'by' takes day, route, model and key with commas between, not 'week'",
                "by=day,day | 'by' has 'day' twice",
                "by= | the parameter 'by' is empty",
                "by=day&by=route | the parameter 'by' is there twice",
                "format=xml | the format is json or csv, not 'xml'",
                "form=csv | unknown parameter 'form': the parameters are from, to, by, format",
            })
    void refusesWhatMakesNoSense(String query, String message) {
        Reply reply = client.get("/api/costs?" + query);

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.json().path("error").asText()).isEqualTo(message);
    }

    @Test
    void takesFeedback() {
        Reply reply = client.post(
                "/api/feedback", "{\"request_id\":\"r1\",\"verdict\":\"good\",\"comment\":\" well done \"}");

        assertThat(reply.body()).isEqualTo("{\"request_id\":\"r1\",\"verdict\":\"good\"}");
        assertThat(feedback.given).containsExactly("r1 Optional.empty GOOD well done");
        assertThat(client.post("/api/feedback", "{\"request_id\":\"r2\",\"verdict\":\"bad\"}")
                        .status())
                .isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{} | 'request_id' must be what came as X-Request-Id with the answer",
                "{\"request_id\":\"r1\"} | 'verdict' must be 'good' or 'bad'",
                "{\"request_id\":\"r1\",\"verdict\":\"fine\"} | 'verdict' must be 'good' or 'bad'",
                "{\"request_id\":\"r1\",\"verdict\":1} | 'verdict' must be a string, not a number",
                "{\"request_id\":\"r1\",\"verdict\":\"bad\",\"why\":\"\"} | feedback has 'request_id', 'verdict' and 'comment', not 'why'",
            })
    void refusesFeedbackThatIsNone(String body, String message) {
        Reply reply = client.post("/api/feedback", body);

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.json().path("error").asText()).isEqualTo(message);
        assertThat(feedback.given).isEmpty();
    }

    @Test
    void showsFeedback() {
        assertThat(client.get("/api/feedback").body())
                .isEqualTo(
                        "{\"feedback\":[{\"at\":\"2026-11-29T00:00:00Z\",\"request_id\":\"r1\",\"key\":\"t\","
                                + "\"route\":\"high\",\"model\":\"m\",\"strong\":true,\"verdict\":\"bad\",\"comment\":\"c\",\"prompt\":\"p\"}]}");
        Reply tsv = client.get("/api/feedback?format=tsv");
        assertThat(tsv.header("Content-Type")).isEqualTo("text/tab-separated-values; charset=utf-8");
        assertThat(tsv.body()).isEqualTo("outcomes");
    }

    private static final class FakeReports implements CostReports {
        final List<Query> asked = new CopyOnWriteArrayList<>();

        @Override
        public List<Line> report(Query query) {
            asked.add(query);
            Map<By, String> plain = Map.of(By.DAY, "DAY", By.ROUTE, "ROUTE", By.KEY, "KEY", By.MODEL, "MODEL");
            Map<By, String> odd = Map.of(By.DAY, "=DAY,2", By.ROUTE, "\"", By.KEY, "=KEY,2", By.MODEL, "\"");
            return List.of(new Line(plain, SOME), new Line(odd, SOME));
        }
    }

    private static final class FakeFeedback implements Feedback {
        final List<String> given = new CopyOnWriteArrayList<>();

        @Override
        public boolean give(String requestId, Optional<String> tenant, Verdict verdict, String comment) {
            if (!requestId.equals("r1")) {
                return false;
            }
            given.add(requestId + " " + tenant + " " + verdict + " " + comment);
            return true;
        }

        @Override
        public List<Given> all() {
            return List.of(new Given(
                    Instant.parse("2026-11-29T00:00:00Z"), "r1", "t", "high", "m", true, Verdict.BAD, "c", "p"));
        }

        @Override
        public String outcomes() {
            return "outcomes";
        }
    }
}
