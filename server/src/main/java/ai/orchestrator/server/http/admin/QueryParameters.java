package ai.orchestrator.server.http.admin;

import ai.orchestrator.server.http.Exchange;
import ai.orchestrator.server.http.HttpProblem;
import io.helidon.http.HeaderNames;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The parameters of a query, of which each may be given once. */
final class QueryParameters {
    private static final String FORMAT = "format";

    private final Exchange exchange;

    /** @throws HttpProblem if there is one that is not among the known */
    QueryParameters(Exchange exchange, List<String> known) {
        this.exchange = exchange;
        for (String name : exchange.query().names()) {
            if (!known.contains(name)) {
                throw HttpProblem.badRequest(
                        "unknown parameter '" + name + "': the parameters are " + String.join(", ", known));
            }
        }
    }

    /** A parameter that is not blank, if it is there. */
    Optional<String> text(String name) {
        if (!exchange.query().contains(name)) {
            return Optional.empty();
        }
        List<String> values = exchange.query().all(name);
        if (values.size() > 1) {
            throw HttpProblem.badRequest("the parameter '" + name + "' is there twice");
        }
        if (values.isEmpty() || values.getFirst().isBlank()) {
            throw HttpProblem.badRequest("the parameter '" + name + "' is empty");
        }
        return Optional.of(values.getFirst().strip());
    }

    /** Whether a format other than JSON is asked for, by {@code format} or else by {@code Accept}. */
    boolean wants(String format, String mediaType) {
        return text(FORMAT)
                .map(given -> {
                    if (!given.equals(format) && !given.equals("json")) {
                        throw HttpProblem.badRequest("the format is json or " + format + ", not '" + given + "'");
                    }
                    return given.equals(format);
                })
                .orElseGet(() -> exchange.header(HeaderNames.ACCEPT)
                        .toLowerCase(Locale.ROOT)
                        .contains(mediaType));
    }
}
