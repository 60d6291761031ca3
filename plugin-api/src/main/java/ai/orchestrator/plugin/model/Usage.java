package ai.orchestrator.plugin.model;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Optional;

/**
 * What an answer took.
 *
 * @param promptTokens tokens read, cached ones included
 * @param cachedPromptTokens those of them that the engine or the far side had cached
 * @param completionTokens tokens written, thinking included
 * @param load how long the model took to load for this request
 * @param promptEval how long reading the prompt took
 * @param eval how long writing took
 * @param costUsd what the far side charged, in US dollars, if it said so; zero for a local model
 * @param servedModel the far side's name for the model that really answered; empty if that is the model asked for
 */
public record Usage(
        int promptTokens,
        int cachedPromptTokens,
        int completionTokens,
        Duration load,
        Duration promptEval,
        Duration eval,
        Optional<BigDecimal> costUsd,
        String servedModel) {}
