package ai.orchestrator.model.llamacpp;

import static org.assertj.core.api.Assertions.assertThat;

import ai.orchestrator.plugin.FailureCode;
import ai.orchestrator.plugin.PluginFailure;
import ai.orchestrator.plugin.model.Image;
import ai.orchestrator.plugin.model.Message;
import ai.orchestrator.plugin.model.ModelRequest;
import ai.orchestrator.plugin.model.Prompt;
import ai.orchestrator.plugin.model.ResponseFormat;
import ai.orchestrator.testkit.ModelEventRecorder;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Images, read through a projector of random weights. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ServerImagesTest {
    private static final String MODEL = "tiny:latest";
    private static final ResponseFormat TEXT =
            new ResponseFormat.JsonSchema("{\"type\": \"string\", \"minLength\": 30, \"maxLength\": 40}");

    @TempDir
    static Path folder;

    @SuppressWarnings("NullAway.Init")
    private LlamaCppProvider provider;

    @BeforeAll
    void open() {
        TinyModels.generator().to(folder.resolve("tiny.gguf"));
        TinyModels.projector().to(folder.resolve("mmproj-tiny.gguf"));
        provider = Providers.onServer(folder);
    }

    @AfterAll
    void close() {
        provider.close();
    }

    @Test
    void what_an_image_shows_makes_the_answer() throws Exception {
        assertThat(answer(image(Color.RED)))
                .isEqualTo(answer(image(Color.RED)))
                .isNotEqualTo(answer(image(Color.BLUE)));
    }

    @Test
    void an_answer_that_is_held_to_a_form_sees_the_image_too() throws Exception {
        ModelRequest free = request(user(List.of(image(Color.RED))));

        assertThat(promptTokens(free.withFormat(TEXT))).isEqualTo(promptTokens(free));
    }

    @Test
    void what_is_no_image_is_refused_and_the_process_stays() throws Exception {
        answer(image(Color.RED));
        long process = provider.worker(MODEL).orElseThrow().child().pid();
        byte[] whole = image(Color.GREEN).data();
        for (byte[] bad : List.of(
                new byte[0],
                "no image".getBytes(StandardCharsets.UTF_8),
                Arrays.copyOf(whole, 20),
                "RIFF\0\0\0\0WEBPVP8 ".getBytes(StandardCharsets.UTF_8))) {
            PluginFailure failure = Ask.failure(provider, request(user(List.of(new Image(bad)))));
            assertThat(failure.code()).isEqualTo(FailureCode.INVALID_REQUEST);
            assertThat(failure).hasMessageContaining("an image cannot be read");
        }
        assertThat(provider.worker(MODEL).orElseThrow().child().pid()).isEqualTo(process);
    }

    @Test
    void images_that_do_not_fit_go_with_the_oldest_messages() throws Exception {
        List<Message> messages = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            messages.add(user(Collections.nCopies(10, image(Color.RED))));
            messages.add(Message.of("assistant", "ok"));
        }
        messages.add(user(List.of(image(Color.BLUE))));

        ModelEventRecorder answer = Ask.answer(provider, request(messages.toArray(Message[]::new)));
        assertThat(answer.finished().usage().promptTokens()).isLessThan(512);
        assertThat(Ask.failure(provider, request(user(Collections.nCopies(200, image(Color.RED)))))
                        .code())
                .isEqualTo(FailureCode.CONTEXT_LENGTH);
    }

    private int promptTokens(ModelRequest request) {
        return Ask.answer(provider, request).finished().usage().promptTokens();
    }

    private String answer(Image image) {
        return Ask.answer(provider, request(user(List.of(image)))).text();
    }

    private static ModelRequest request(Message... messages) {
        return ModelRequest.of("test", MODEL, new Prompt.Chat(List.of(messages)))
                .withOptions(Ask.fixed(200).build());
    }

    private static Message user(List<Image> images) {
        return new Message("user", "x", "", images, List.of(), "", "");
    }

    private static Image image(Color colour) throws IOException {
        BufferedImage drawn = new BufferedImage(32, 24, BufferedImage.TYPE_INT_RGB);
        for (int x = 0; x < 32; x++) {
            drawn.setRGB(x, x / 2, colour.getRGB());
        }
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        ImageIO.write(drawn, "png", png);
        return new Image(png.toByteArray());
    }
}
