package ai.orchestrator.server.http;

import java.util.Optional;

/**
 * What the caller of the current request may do to what is not his own. Whoever shows a key has that key's rights; all others that are let in at
 * all are the operator: nobody needs a key, or callers on this machine do not.
 */
public final class Rights {
    /** Whose key came with the current request, if that key is not an admin's. */
    static final ScopedValue<String> LIMITED_TO = ScopedValue.newInstance();

    private static final HttpProblem ADMINS_ONLY = new HttpProblem(
            403,
            "this touches what all tenants have, and needs a key with 'admin: true' in 'server.api_keys'; the one sent has no such rights");

    private Rights() {}

    /** The tenant whose stored answers alone the caller may remove; empty for an admin, who may remove all. */
    public static Optional<String> limitedTo() {
        return LIMITED_TO.isBound() ? Optional.of(LIMITED_TO.get()) : Optional.empty();
    }

    /** The same endpoint, for admins only; others get 403 before their request is read. */
    public static Endpoint adminsOnly(Endpoint endpoint) {
        return exchange -> {
            if (LIMITED_TO.isBound()) {
                throw ADMINS_ONLY;
            }
            endpoint.answer(exchange);
        };
    }
}
