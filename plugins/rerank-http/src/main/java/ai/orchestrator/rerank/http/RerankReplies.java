package ai.orchestrator.rerank.http;

import ai.orchestrator.plugin.FailureCode;
import ai.orchestrator.plugin.PluginFailure;
import ai.orchestrator.plugin.search.TextReranker.Scores;
import ai.orchestrator.search.http.PlainText;
import ai.orchestrator.search.http.Refusals;
import ai.orchestrator.search.http.Reply;
import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What a server's reply means, in the form that Cohere's wire has given to the others: {@code results} of {@code index} and
 * {@code relevance_score}, in any order, those of low scores perhaps left out.
 *
 * @param apiKey what no message repeats
 */
record RerankReplies(Optional<String> apiKey) {
    private static final int LONGEST_REASON = 200;
    private static final BigDecimal MOST_COST = BigDecimal.TEN;

    Scores scores(Reply reply, int texts) {
        if (reply.status() != 200) {
            throw refusal(reply);
        }
        JsonNode body = reply.json(HttpReranker.SERVICE);
        if (body.hasNonNull("error")) {
            throw new PluginFailure.Permanent(
                    FailureCode.BAD_REPLY, HttpReranker.SERVICE + " answers with an error." + said(body));
        }
        Double[] values = new Double[texts];
        for (JsonNode result : body.path("results")) {
            int index = result.path("index").asInt(-1);
            double score = result.path("relevance_score").asDouble(Double.NaN);
            if (index < 0 || index >= texts || values[index] != null || !Double.isFinite(score)) {
                throw bad();
            }
            values[index] = score;
        }
        OptionalDouble least = Arrays.stream(values)
                .filter(value -> value != null)
                .mapToDouble(Double::doubleValue)
                .min();
        double rest = least.orElseThrow(RerankReplies::bad);
        List<Double> all =
                Arrays.stream(values).map(value -> value == null ? rest : value).toList();
        return new Scores(all, cost(body.path("usage").path("cost")));
    }

    private static PluginFailure bad() {
        return new PluginFailure.Permanent(
                FailureCode.BAD_REPLY, HttpReranker.SERVICE + "'s answer has no score for each text.");
    }

    private static Optional<BigDecimal> cost(JsonNode cost) {
        return Optional.of(cost)
                .filter(JsonNode::isNumber)
                .map(JsonNode::decimalValue)
                .filter(dollars -> dollars.signum() >= 0 && dollars.compareTo(MOST_COST) <= 0);
    }

    private PluginFailure refusal(Reply reply) {
        String said = said(reply.refusal());
        return switch (reply.status()) {
            case 401, 403 ->
                permanent(
                        FailureCode.CREDENTIALS,
                        HttpReranker.SERVICE + " refuses the API key (" + reply.status() + "): check api_key." + said);
            case 402 ->
                permanent(
                        FailureCode.QUOTA, HttpReranker.SERVICE + " wants to be paid before it goes on (402)." + said);
            case 400, 404, 422, 501 ->
                permanent(
                        FailureCode.UNSUPPORTED,
                        HttpReranker.SERVICE + " refused the texts (" + reply.status() + "): check url and model, which"
                                + " has to be one that reranks." + said);
            default -> Refusals.of(HttpReranker.SERVICE, reply);
        };
    }

    private static PluginFailure permanent(FailureCode code, String message) {
        return new PluginFailure.Permanent(code, message);
    }

    /** What the server says, in whichever of its forms. */
    private String said(JsonNode body) {
        String reason = List.of(
                        body.path("error").path("message"),
                        body.path("error"),
                        body.path("detail"),
                        body.path("message"))
                .stream()
                .filter(JsonNode::isTextual)
                .findFirst()
                .map(JsonNode::asText)
                .orElse("");
        String harmless = apiKey.map(key -> reason.replace(key, "…")).orElse(reason);
        String text = PlainText.shorten(PlainText.of(harmless), LONGEST_REASON);
        return text.isEmpty() ? "" : " It says: " + text;
    }
}
