package ai.orchestrator.server.plugin;

import java.util.List;

/** One configured service cannot be made; every reason names its place in the configuration. */
final class ServiceFailure extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient List<String> reasons;

    ServiceFailure(List<String> reasons) {
        super(String.join("; ", reasons));
        this.reasons = List.copyOf(reasons);
    }

    List<String> reasons() {
        return reasons;
    }

    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
