package ai.orchestrator.server.cost;

import ai.orchestrator.plugin.FailureCode;
import ai.orchestrator.plugin.PluginFailure;
import ai.orchestrator.server.orchestration.CostFigures;
import ai.orchestrator.server.orchestration.CostReports;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The bill, out of the ledger's file. */
public final class LedgerReports implements CostReports {
    private static final Logger LOG = LoggerFactory.getLogger(LedgerReports.class);

    private final LedgerFile file;

    public LedgerReports(LedgerFile file) {
        this.file = file;
    }

    @Override
    public List<Line> report(Query query) {
        Map<List<String>, CostFigures> sums = new TreeMap<>(LedgerReports::compare);
        days(query).forEach((group, figures) -> {
            if (query.tenant().filter(tenant -> !tenant.equals(group.tenant())).isEmpty()) {
                List<String> names =
                        query.by().stream().map(by -> name(group, by)).toList();
                sums.merge(names, figures, CostFigures::plus);
            }
        });
        List<Line> lines = new ArrayList<>();
        sums.forEach((names, figures) -> lines.add(new Line(named(query.by(), names), figures)));
        return lines;
    }

    private Map<CostGroup, CostFigures> days(Query query) {
        file.flush();
        if (!Files.exists(file.path())) {
            return Map.of();
        }
        try (Connection connection = LedgerConnection.toRead(file.path())) {
            return new DaySums(connection).range(query.from(), query.to());
        } catch (SQLException e) {
            LOG.error("The ledger {} cannot be read: {}", file.path().getFileName(), e.getMessage());
            throw new PluginFailure.Retriable(FailureCode.UNAVAILABLE, "the ledger cannot be read", e);
        }
    }

    private static String name(CostGroup group, By by) {
        return switch (by) {
            case DAY -> group.day().toString();
            case ROUTE -> group.route();
            case MODEL -> group.model();
            case KEY -> group.tenant();
        };
    }

    private static Map<By, String> named(List<By> by, List<String> names) {
        Map<By, String> named = new EnumMap<>(By.class);
        for (int i = 0; i < by.size(); i++) {
            named.put(by.get(i), names.get(i));
        }
        return named;
    }

    private static int compare(List<String> a, List<String> b) {
        for (int i = 0; i < a.size(); i++) {
            int order = a.get(i).compareTo(b.get(i));
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }
}
