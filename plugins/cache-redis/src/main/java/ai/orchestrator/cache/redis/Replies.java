package ai.orchestrator.cache.redis;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.Builder;

/** How replies are made sense of. Whatever one of these throws means that the reply was none to its command. */
final class Replies {
    private Replies() {}

    /** @param reader is given null where Redis says that there is nothing */
    static <T> Builder<T> of(Function<@Nullable Object, T> reader) {
        return new Builder<>() {
            @Override
            public T build(@Nullable Object reply) {
                return reader.apply(reply);
            }
        };
    }

    /** A number. */
    static Builder<Long> number() {
        return of(reply -> (Long) present(reply));
    }

    /** How many of one thing: 0 or 1. */
    static Builder<Long> atMostOne() {
        return of(reply -> {
            long number = (Long) present(reply);
            if (number < 0 || number > 1) {
                throw new BadReplyException("more than one of one");
            }
            return number;
        });
    }

    /** Bytes. */
    static Builder<byte[]> bytes() {
        return of(reply -> (byte[]) present(reply));
    }

    /** A text. */
    static Builder<String> text() {
        return of(reply -> new String((byte[]) present(reply), StandardCharsets.UTF_8));
    }

    /** One word, and no other. */
    static Builder<Boolean> word(String word) {
        byte[] expected = word.getBytes(StandardCharsets.UTF_8);
        return of(reply -> {
            if (!Arrays.equals((byte[]) present(reply), expected)) {
                throw new BadReplyException("not the expected " + word);
            }
            return true;
        });
    }

    private static Object present(@Nullable Object reply) {
        if (reply == null) {
            throw new BadReplyException("nothing");
        }
        return reply;
    }
}
