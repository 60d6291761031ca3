package ai.orchestrator.plugin;

/** Why a plugin could not do what was asked; the host chooses status, retry and fallback by it. */
public enum FailureCode {
    /** The far side limits the rate of calls. */
    RATE_LIMITED,
    /** The far side or the local queue is full. */
    OVERLOADED,
    /** The far side cannot be reached, or has no capacity at all. */
    UNAVAILABLE,
    /** Not ready yet: still loading or starting. */
    STARTING,
    /** A deadline passed. */
    TIMEOUT,
    /** The answer broke off, or the process that made it died. */
    BROKEN_OFF,
    /** The request is wrong in itself and will fail everywhere. */
    INVALID_REQUEST,
    /** The prompt does not fit into the model's context. */
    CONTEXT_LENGTH,
    /** The service cannot do this kind of thing. */
    UNSUPPORTED,
    /** What was asked for is not there. */
    NOT_FOUND,
    /** The service's own credentials were refused by the far side. */
    CREDENTIALS,
    /** The far side asks for payment, or a budget is used up. */
    QUOTA,
    /** The far side refuses the content. */
    CONTENT_REFUSED,
    /** The far side answered with something that is no answer. */
    BAD_REPLY,
    /** The far side leads back here. */
    LOOP,
    /** What the service needs is not installed, such as a model file; the message says how to get it. */
    NOT_INSTALLED,
    /** A fault of the service's own. */
    INTERNAL
}
