package ai.orchestrator.server.config;

import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What a call of the old service's API means where it names no value of its own.
 *
 * @param model the model's name; empty to be routed
 */
public record LegacyConfig(Optional<String> model, double temperature, OptionalDouble topP, int maxTokens) {}
