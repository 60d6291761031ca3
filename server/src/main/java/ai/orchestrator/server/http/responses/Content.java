package ai.orchestrator.server.http.responses;

import ai.orchestrator.plugin.model.Image;
import ai.orchestrator.server.http.HttpProblem;
import ai.orchestrator.server.http.JsonObject;
import ai.orchestrator.server.http.openai.ImageUrl;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** What a message or a function's result holds. */
record Content(String text, List<Image> images) {

    /** Reads a member that is a text or a list of parts. */
    static Content of(JsonObject owner, String member, String where) {
        JsonNode node = owner.find(member).orElse(null);
        if (node == null || node.isTextual()) {
            return new Content(owner.text(member), List.of());
        }
        if (!node.isArray()) {
            throw HttpProblem.badRequest(where + member + " must be a string or array");
        }
        StringBuilder text = new StringBuilder();
        List<Image> images = new ArrayList<>();
        int index = 0;
        for (JsonObject part : owner.objects(member)) {
            String type = part.text("type");
            switch (type) {
                case "input_text", "output_text", "text" -> text.append(part.text("text"));
                case "refusal" -> text.append(part.text("refusal"));
                case "input_image" -> images.add(image(part));
                case "input_file" -> throw HttpProblem.badRequest("file inputs are not currently supported");
                default ->
                    throw HttpProblem.badRequest(
                            where + member + "[" + index + "]: unknown content type: \"" + type + "\"");
            }
            index++;
        }
        return new Content(text.toString(), List.copyOf(images));
    }

    private static Image image(JsonObject part) {
        if (part.text("image_url").isEmpty()) {
            throw HttpProblem.badRequest("an input_image needs an image_url: this server keeps no files");
        }
        return ImageUrl.read(part.text("image_url"));
    }
}
