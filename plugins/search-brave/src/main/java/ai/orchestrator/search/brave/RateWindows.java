package ai.orchestrator.search.brave;

import ai.orchestrator.search.http.Reply;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The service's {@code X-RateLimit-*} headers, each of which has a number for the second and one for the month.
 *
 * @param limit calls in all; 0 is no limit
 * @param remaining calls that are left
 * @param reset seconds until there are new ones
 */
record RateWindows(List<Long> limit, List<Long> remaining, List<Long> reset) {
    private static final Pattern NUMBER = Pattern.compile("\\d{1,12}");
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration LONGEST_MONTH = Duration.ofDays(31);

    static RateWindows of(Reply reply) {
        return new RateWindows(
                numbers(reply.header("X-RateLimit-Limit")),
                numbers(reply.header("X-RateLimit-Remaining")),
                numbers(reply.header("X-RateLimit-Reset")));
    }

    boolean isMonthUsedUp() {
        return limit.size() > 1 && remaining.size() > 1 && limit.getLast() > 0 && remaining.getLast() == 0;
    }

    /** When the next call of this second's is due: 1 s where it is not said, at most a minute. */
    Duration nextSecond() {
        return reset.isEmpty() ? SECOND : within(reset.getFirst(), MINUTE);
    }

    /** When the month is over, where it is said; at most 31 days. */
    Optional<Duration> nextMonth() {
        return reset.size() > 1 ? Optional.of(within(reset.getLast(), LONGEST_MONTH)) : Optional.empty();
    }

    private static Duration within(long seconds, Duration longest) {
        Duration wait = Duration.ofSeconds(Math.max(1, seconds));
        return wait.compareTo(longest) > 0 ? longest : wait;
    }

    /** The header's numbers, or none if it holds anything else. */
    private static List<Long> numbers(String header) {
        List<String> parts =
                Pattern.compile(",").splitAsStream(header).map(String::strip).toList();
        return parts.stream().allMatch(part -> NUMBER.matcher(part).matches())
                ? parts.stream().map(Long::valueOf).toList()
                : List.of();
    }
}
