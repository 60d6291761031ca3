package ai.orchestrator.server.trial;

import java.math.BigDecimal;
import java.util.Optional;

/**
 * What rules make of a query.
 *
 * @param route the rule's name; empty where the rules lead nowhere
 * @param model the full name of the model that would be asked first; empty where there is none, or the route's budget allows none
 * @param cloud whether that runs elsewhere
 * @param search whether it would be searched first
 * @param listed whether it would end with a list of its sources
 * @param stored whether the answer may be stored
 * @param cost about what the answer costs, in US dollars; empty where nobody knows
 */
public record Outcome(
        String route,
        String model,
        boolean cloud,
        boolean search,
        boolean listed,
        boolean stored,
        Optional<BigDecimal> cost) {}
