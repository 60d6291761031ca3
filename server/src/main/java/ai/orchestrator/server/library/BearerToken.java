package ai.orchestrator.server.library;

import ai.orchestrator.server.config.Product;
import ai.orchestrator.server.download.Requests;
import ai.orchestrator.server.download.SourceFailure;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The token that a registry gives to anybody who asks its token service. */
final class BearerToken {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final Pattern PARAMETER = Pattern.compile("([a-zA-Z_]{1,32})=\"([^\"]{0,2000})\"");
    private static final Pattern TOKEN = Pattern.compile("[\\x21-\\x7e]{1,16384}");
    private static final int MAX_REPLY = 1 << 16;
    private static final String REFUSED = "the registry wants credentials, which this server has none of";

    private final Requests requests;
    private final SafeAddress safe;
    private volatile Optional<String> value = Optional.empty();

    /** Refuses addresses that must not be asked. */
    @FunctionalInterface
    interface SafeAddress {
        void require(URI address) throws SourceFailure;
    }

    BearerToken(Requests requests, SafeAddress safe) {
        this.requests = requests;
        this.safe = safe;
    }

    Optional<String> value() {
        return value;
    }

    /** Obtains a token as the registry's challenge says. */
    void renew(String challenge) throws IOException, SourceFailure, InterruptedException {
        if (!challenge.regionMatches(true, 0, "Bearer ", 0, "Bearer ".length())) {
            throw new SourceFailure(REFUSED);
        }
        HttpRequest request = HttpRequest.newBuilder(address(challenge))
                .header("User-Agent", Product.USER_AGENT)
                .build();
        HttpResponse<InputStream> response = requests.send(request);
        byte[] reply = requests.beginning(response, MAX_REPLY);
        if (response.statusCode() != 200) {
            throw new SourceFailure(REFUSED);
        }
        value = Optional.of(token(reply));
    }

    private URI address(String challenge) throws SourceFailure {
        Map<String, String> parameters = new HashMap<>();
        Matcher matcher = PARAMETER.matcher(challenge);
        while (matcher.find()) {
            parameters.put(matcher.group(1), matcher.group(2));
        }
        String realm = parameters.getOrDefault("realm", "");
        StringBuilder address = new StringBuilder(realm);
        String separator = realm.contains("?") ? "&" : "?";
        for (String name : new String[] {"service", "scope"}) {
            if (parameters.containsKey(name)) {
                address.append(separator)
                        .append(name)
                        .append('=')
                        .append(URLEncoder.encode(parameters.get(name), StandardCharsets.UTF_8));
                separator = "&";
            }
        }
        try {
            URI uri = URI.create(address.toString());
            safe.require(uri);
            return uri;
        } catch (IllegalArgumentException e) {
            throw new SourceFailure(REFUSED);
        }
    }

    private static String token(byte[] reply) throws SourceFailure {
        try {
            JsonNode json = MAPPER.readTree(reply);
            String token = json.path("token").asText(json.path("access_token").asText());
            if (TOKEN.matcher(token).matches()) {
                return token;
            }
        } catch (IOException e) {
            // told below
        }
        throw new SourceFailure("the registry's token service gives no token");
    }
}
