package ai.orchestrator.server.http;

import ai.orchestrator.plugin.Hops;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.Headers;
import io.helidon.webserver.http.Filter;
import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Refuses a request that has come through this server before, since it would go on for ever, and notes that others have. */
final class LoopGuard implements Filter {
    /** More servers than anybody puts in a row. */
    static final int MOST = 8;

    private static final HeaderName HOPS = HeaderNames.create(Hops.HEADER);
    private static final Pattern ID = Pattern.compile("hop-[0-9a-f]{24}");
    private static final Pattern GAP = Pattern.compile("[\\s,]+");

    private final String own = RandomIds.hex("hop-");
    private final Function<String, ErrorStyle> errorsAt;

    /** @param errorsAt the shape of errors at a path */
    LoopGuard(Function<String, ErrorStyle> errorsAt) {
        this.errorsAt = errorsAt;
    }

    @Override
    public void filter(FilterChain chain, RoutingRequest request, RoutingResponse response) {
        List<String> passed = passed(request.headers());
        if (passed.contains(own) || passed.size() >= MOST) {
            new Exchange(request, response)
                    .sendProblem(
                            new HttpProblem(
                                    508,
                                    "this request has come through this server before: a model provider's address leads back to it"),
                            errorsAt.apply(request.path().path()));
        } else {
            Hops.run(passed.isEmpty() ? own : String.join(" ", passed) + " " + own, chain::proceed);
        }
    }

    private static List<String> passed(Headers headers) {
        return headers.contains(HOPS)
                ? GAP.splitAsStream(String.join(" ", headers.values(HOPS)))
                        .filter(ID.asMatchPredicate())
                        .toList()
                : List.of();
    }
}
