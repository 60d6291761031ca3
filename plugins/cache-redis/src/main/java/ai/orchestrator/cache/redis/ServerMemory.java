package ai.orchestrator.cache.redis;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a server says of its memory.
 *
 * @param used bytes, or -1 where it does not say
 * @param limit bytes, 0 where there is none, or -1 where it does not say
 * @param policy what it does when full, such as {@code allkeys-lru}; empty where it does not say
 */
record ServerMemory(long used, long limit, String policy) {
    private static final String WHAT_TO_SET =
            " Set maxmemory 2gb, or what the machine can spare, and maxmemory-policy allkeys-lru.";

    /** @param info the section {@code memory} of the command INFO */
    static ServerMemory of(String info) {
        return new ServerMemory(number(info, "used_memory"), number(info, "maxmemory"), text(info, "maxmemory_policy"));
    }

    /** What the operator should change, and why, as a part of a sentence and a sentence; empty if it is well. */
    Optional<String> advice() {
        if (limit == 0) {
            return Optional.of("has no limit to its memory and may take all of the machine's." + WHAT_TO_SET);
        }
        return switch (policy) {
            case "noeviction" ->
                Optional.of("takes no more answers once it is full, with the policy noeviction." + WHAT_TO_SET);
            case "allkeys-random" ->
                Optional.of("drops answers at random when it is full, often used ones too." + WHAT_TO_SET);
            case "volatile-lru", "volatile-lfu", "volatile-lrm", "volatile-random", "volatile-ttl" ->
                Optional.of("drops, with the policy " + policy
                        + ", only what has an expiry when it is full. All answers have one, but what"
                        + " other programs store there without one stays and may leave no room for answers."
                        + WHAT_TO_SET);
            default -> Optional.empty();
        };
    }

    /** A number in a reply to INFO, or -1. */
    static long number(String info, String name) {
        String text = text(info, name);
        return text.matches("\\d{1,18}") ? Long.parseLong(text) : -1;
    }

    private static String text(String info, String name) {
        Matcher matcher = Pattern.compile("(?m)^" + name + ":(.*?)\\s*$").matcher(info);
        return matcher.find() ? matcher.group(1) : "";
    }
}
