package ai.orchestrator.server.http.openai;

import ai.orchestrator.server.http.HttpProblem;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import org.apache.commons.fileupload2.core.MultipartInput;
import org.apache.commons.fileupload2.core.ParameterParser;

/**
 * What a form asks to be transcribed (RFC 7578).
 *
 * @param model empty if none is named
 * @param fileBytes the length of the recording; empty if there is none
 */
record AudioForm(String model, OptionalLong fileBytes) {
    private static final String FORM = "multipart/form-data";
    private static final String DISPOSITION = "content-disposition:";

    /**
     * Reads a body.
     *
     * @throws HttpProblem if it is no such form
     */
    static AudioForm read(byte[] body, String contentType) {
        String boundary = parameters(contentType).getOrDefault("boundary", "");
        if (!contentType.toLowerCase(Locale.ROOT).startsWith(FORM) || boundary.isEmpty()) {
            throw HttpProblem.badRequest("failed to parse multipart form: request Content-Type isn't " + FORM);
        }
        try {
            return read(MultipartInput.builder()
                    .setInputStream(new ByteArrayInputStream(body))
                    .setBoundary(boundary.getBytes(StandardCharsets.ISO_8859_1))
                    .get());
        } catch (IOException | IllegalArgumentException e) {
            throw HttpProblem.badRequest("failed to parse multipart form: it is not whole");
        }
    }

    private static AudioForm read(MultipartInput parts) throws IOException {
        String model = "";
        OptionalLong file = OptionalLong.empty();
        for (boolean more = parts.skipPreamble(); more; more = parts.readBoundary()) {
            Map<String, String> about = disposition(parts.readHeaders());
            String name = about.getOrDefault("name", "");
            if (name.equals("model") && model.isEmpty()) {
                ByteArrayOutputStream value = new ByteArrayOutputStream();
                parts.readBodyData(value);
                model = value.toString(StandardCharsets.UTF_8);
            } else {
                long size = parts.discardBodyData();
                if (name.equals("file") && about.containsKey("filename") && file.isEmpty()) {
                    file = OptionalLong.of(size);
                }
            }
        }
        return new AudioForm(model, file);
    }

    private static Map<String, String> disposition(String headers) {
        return headers.lines()
                .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(DISPOSITION))
                .findFirst()
                .map(line -> parameters(line.substring(DISPOSITION.length())))
                .orElse(Map.of());
    }

    private static Map<String, String> parameters(String header) {
        ParameterParser parser = new ParameterParser();
        parser.setLowerCaseNames(true);
        return parser.parse(header, ';');
    }
}
