package ai.orchestrator.bench.load;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What {@code wrk} says at its end.
 *
 * @param answered how many requests had a reply that is no error
 * @param took how long it asked
 */
public record WrkSummary(long answered, Duration took) {
    private static final double SECOND = 1e9;
    private static final Pattern REQUESTS = Pattern.compile("(?m)^\\s*(\\d+) requests in ");
    private static final Pattern RATE = Pattern.compile("(?m)^Requests/sec:\\s+([\\d.]+)$");
    private static final Pattern REFUSED = Pattern.compile("(?m)^\\s*Non-2xx or 3xx responses: \\d+$");
    private static final Pattern BROKEN = Pattern.compile("(?m)^\\s*Socket errors: .*$");

    /**
     * Reads its summary.
     *
     * @throws IOException if a request failed, none was answered, or this is no summary
     */
    static WrkSummary of(String output) throws IOException {
        for (Pattern trouble : new Pattern[] {REFUSED, BROKEN}) {
            Matcher found = trouble.matcher(output);
            if (found.find()) {
                throw new IOException(
                        "wrk had requests that failed: " + found.group().strip());
            }
        }
        long requests = Long.parseLong(first(REQUESTS, output).orElseThrow(() -> unreadable(output)));
        if (requests == 0) {
            throw new IOException("no request of wrk was answered");
        }
        double rate = Double.parseDouble(first(RATE, output).orElseThrow(() -> unreadable(output)));
        // the time is given in whole hundredths of a second, the rate to more digits
        return new WrkSummary(requests, Duration.ofNanos(Math.round(requests / rate * SECOND)));
    }

    private static Optional<String> first(Pattern pattern, String output) {
        return pattern.matcher(output).results().map(found -> found.group(1)).findFirst();
    }

    private static IOException unreadable(String output) {
        return new IOException("wrk gave no summary:\n" + output);
    }
}
