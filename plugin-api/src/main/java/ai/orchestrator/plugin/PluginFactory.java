package ai.orchestrator.plugin;

import org.pf4j.ExtensionPoint;

/**
 * Creates one kind of service from its settings; what a plugin zip offers. A plugin annotates its implementation with
 * {@code org.pf4j.Extension}; the class needs a public constructor without parameters.
 *
 * @param <T> the family of service
 */
public interface PluginFactory<T extends PluginService> extends ExtensionPoint {
    /** The name that {@code kind:} in {@code orchestrator.yaml} selects this factory by, such as {@code redis}; unique in its family. */
    String kind();

    /**
     * Makes a service. Quick: nothing slow is loaded and nothing remote is called here. A dependency that cannot be reached
     * is a {@link Health} the service reports and recovers from, not a failure to start.
     *
     * @throws InvalidSettingException if a setting is missing, unknown or has a bad value
     */
    T create(PluginContext context);
}
