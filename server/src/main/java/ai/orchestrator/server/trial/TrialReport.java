package ai.orchestrator.server.trial;

import ai.orchestrator.server.trial.RouteTrial.Tried;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** What came of a trial, for people and for programs. */
public final class TrialReport {
    private static final int SHOWN_CHARS = 60;

    private final List<Tried> tried;
    private final List<String> sides;

    /** @param sides what each of the rules is called: one name, or {@code before} and {@code after} */
    public TrialReport(List<Tried> tried, List<String> sides) {
        this.tried = List.copyOf(tried);
        this.sides = List.copyOf(sides);
    }

    /** How many queries come out differently. */
    public long changed() {
        return tried.stream().filter(Tried::changed).count();
    }

    /** A table of the queries, only of those that change where there is something to compare, and the sums below it. */
    public String text() {
        List<String> lines = new ArrayList<>();
        boolean compares = sides.size() > 1;
        for (Tried one : tried) {
            if (!compares || one.changed()) {
                lines.add(row(one));
            }
        }
        if (compares) {
            lines.add(changed() + " of " + tried.size() + " queries change");
        }
        for (int side = 0; side < sides.size(); side++) {
            lines.add(new Sums(side).line(sides.get(side)));
        }
        return String.join(System.lineSeparator(), lines);
    }

    /** All of it. */
    public ObjectNode json() {
        ObjectNode report = JsonNodeFactory.instance.objectNode();
        report.put("queries", tried.size());
        if (sides.size() > 1) {
            report.put("changed", changed());
        }
        for (int side = 0; side < sides.size(); side++) {
            report.set(sides.get(side), new Sums(side).json());
        }
        for (Tried one : tried) {
            ObjectNode row = report.withArray("results").addObject();
            row.put("line", one.query().line());
            row.put("query", question(one));
            row.put("complexity", complexity(one));
            row.put("confidence", one.classification().confidence());
            if (sides.size() > 1) {
                row.put("changed", one.changed());
            }
            for (int side = 0; side < sides.size(); side++) {
                row.set(sides.get(side), json(one.outcomes().get(side)));
            }
        }
        return report;
    }

    private String row(Tried one) {
        List<String> outcomes =
                one.outcomes().stream().distinct().map(TrialReport::text).toList();
        return String.format(
                Locale.ROOT,
                "%5d  %-6s  %-" + SHOWN_CHARS + "s  %s",
                one.query().line(),
                complexity(one),
                shortened(question(one)),
                String.join("  ->  ", outcomes));
    }

    private static String text(Outcome outcome) {
        if (outcome.route().isEmpty()) {
            return "no route";
        }
        String model = outcome.model().isEmpty() ? "no model within its budget" : outcome.model();
        return outcome.route() + " (" + model + (outcome.search() ? " with search" : "")
                + (outcome.listed() ? " and a list of sources" : "")
                + (outcome.cloud() ? ", " + money(outcome) : "") + (outcome.stored() ? "" : ", not stored") + ")";
    }

    private static String money(Outcome outcome) {
        return outcome.cost().map(cost -> "about $" + plain(cost)).orElse("price unknown");
    }

    private static ObjectNode json(Outcome outcome) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("route", outcome.route());
        json.put("model", outcome.model());
        json.put("cloud", outcome.cloud());
        json.put("search", outcome.search());
        json.put("sources", outcome.listed() ? "list" : "none");
        json.put("store", outcome.stored());
        outcome.cost()
                .ifPresentOrElse(
                        cost -> json.put("cost_usd", cost.stripTrailingZeros()), () -> json.putNull("cost_usd"));
        return json;
    }

    private static String question(Tried one) {
        return one.query().request().question();
    }

    private static String complexity(Tried one) {
        return one.classification().complexity().name().toLowerCase(Locale.ROOT);
    }

    private static String shortened(String text) {
        String line = text.replaceAll("\\p{Cntrl}+", " ").strip();
        return line.length() <= SHOWN_CHARS ? line : line.substring(0, SHOWN_CHARS - 1) + "…";
    }

    private static String plain(BigDecimal amount) {
        return amount.signum() == 0 ? "0" : amount.stripTrailingZeros().toPlainString();
    }

    /** The sums of one side. */
    private final class Sums {
        private final Map<String, Integer> routes = new TreeMap<>();
        private BigDecimal cost = BigDecimal.ZERO;
        private int cloud;
        private int unknown;

        private Sums(int side) {
            for (Tried one : tried) {
                Outcome outcome = one.outcomes().get(side);
                routes.merge(outcome.route(), 1, Integer::sum);
                cloud += outcome.cloud() ? 1 : 0;
                cost = cost.add(outcome.cost().orElse(BigDecimal.ZERO));
                unknown += outcome.cost().isPresent() ? 0 : 1;
            }
        }

        private double cloudShare() {
            return tried.isEmpty() ? 0 : (double) cloud / tried.size();
        }

        private String line(String name) {
            return String.format(
                    Locale.ROOT,
                    "%s: cloud share %.1f %%, about $%s%s, routes %s",
                    name,
                    100 * cloudShare(),
                    plain(cost),
                    unknown == 0 ? "" : " and " + unknown + " of unknown price",
                    routes);
        }

        private ObjectNode json() {
            ObjectNode json = JsonNodeFactory.instance.objectNode();
            json.put("cloud_share", cloudShare());
            json.put("cost_usd", cost.stripTrailingZeros());
            json.put("unknown_cost", unknown);
            ObjectNode counts = json.putObject("routes");
            routes.forEach(counts::put);
            return json;
        }
    }
}
