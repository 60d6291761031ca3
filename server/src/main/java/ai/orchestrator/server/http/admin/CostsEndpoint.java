package ai.orchestrator.server.http.admin;

import ai.orchestrator.server.http.Endpoint;
import ai.orchestrator.server.http.Exchange;
import ai.orchestrator.server.http.HttpProblem;
import ai.orchestrator.server.http.Rights;
import ai.orchestrator.server.orchestration.CostReports;
import ai.orchestrator.server.orchestration.CostReports.By;
import ai.orchestrator.server.orchestration.CostReports.Line;
import ai.orchestrator.server.orchestration.CostReports.Query;
import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** {@code GET /api/costs}: the bill. Who is no admin sees his own tenant's. */
final class CostsEndpoint implements Endpoint {
    private static final Header CSV =
            HeaderValues.createCached(HeaderNames.CONTENT_TYPE, "text/csv; charset=utf-8; header=present");
    private static final List<String> PARAMETERS = List.of("from", "to", "by", "format");
    private static final List<By> BY_DEFAULT = List.of(By.DAY, By.ROUTE);

    private final CostReports reports;
    private final InstantSource clock;

    CostsEndpoint(CostReports reports, InstantSource clock) {
        this.reports = reports;
        this.clock = clock;
    }

    @Override
    public void answer(Exchange exchange) {
        QueryParameters parameters = new QueryParameters(exchange, PARAMETERS);
        LocalDate to = day(parameters, "to").orElseGet(() -> LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC));
        LocalDate from = day(parameters, "from").orElse(to.withDayOfMonth(1));
        if (from.isAfter(to)) {
            throw HttpProblem.badRequest("'from' is after 'to'");
        }
        boolean csv = parameters.wants("csv", "text/csv");
        List<By> by = parameters.text("by").map(CostsEndpoint::by).orElse(BY_DEFAULT);
        Query query = new Query(from, to, by, Rights.limitedTo());
        List<Line> lines = reports.report(query);
        if (csv) {
            exchange.send(200, CSV, CostsText.csv(query, lines));
        } else {
            exchange.sendJson(CostsText.json(query, lines));
        }
    }

    private static Optional<LocalDate> day(QueryParameters parameters, String name) {
        return parameters.text(name).map(text -> {
            try {
                LocalDate day = LocalDate.parse(text);
                if (day.getYear() >= 1 && day.getYear() <= 9999) {
                    return day;
                }
            } catch (DateTimeParseException e) {
                // told below
            }
            throw HttpProblem.badRequest("'" + name + "' must be a day such as 2026-11-29, not '" + text + "'");
        });
    }

    private static List<By> by(String text) {
        List<By> by = new ArrayList<>();
        for (String name : text.split(",", -1)) {
            By one =
                    switch (name.strip().toLowerCase(Locale.ROOT)) {
                        case "day" -> By.DAY;
                        case "route" -> By.ROUTE;
                        case "model" -> By.MODEL;
                        case "key" -> By.KEY;
                        default ->
                            throw HttpProblem.badRequest(
                                    "'by' takes day, route, model and key with commas between, not '" + name + "'");
                    };
            if (by.contains(one)) {
                throw HttpProblem.badRequest("'by' has '" + name.strip() + "' twice");
            }
            by.add(one);
        }
        return by;
    }
}
