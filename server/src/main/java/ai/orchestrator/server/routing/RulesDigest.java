package ai.orchestrator.server.routing;

import ai.orchestrator.server.digest.Digests;
import ai.orchestrator.server.orchestration.ModelName;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;

/** SHA-256 digests over what decides which model answers a request, whether it searches first and whether it lists what it found; names and caching are left out. */
final class RulesDigest {
    /** In the place of a text's length, which it cannot be. */
    private static final int SEVERAL = -1;

    private final MessageDigest sha256;

    private RulesDigest(MessageDigest sha256) {
        this.sha256 = sha256;
    }

    static String of(List<Rule> rules) {
        RulesDigest digest = new RulesDigest(Digests.sha256());
        rules.forEach(rule -> digest.rule(rule, rule.when()));
        return digest.hex();
    }

    /** Over what is left of a rule for a request that is known but for its complexity. */
    static String ofChoice(Rule rule) {
        RulesDigest digest = new RulesDigest(Digests.sha256());
        List<Condition> open = rule.when().stream()
                .filter(condition -> condition.looks() == Condition.Looks.AT_VERDICT)
                .toList();
        digest.rule(rule, open);
        return digest.hex();
    }

    private String hex() {
        return HexFormat.of().formatHex(sha256.digest());
    }

    private void rule(Rule rule, List<Condition> when) {
        rule.target().ifPresent(target -> {
            count(when.size());
            when.forEach(condition -> {
                text(condition.key());
                texts(condition.values());
            });
            models(target.models());
            texts(target.fallbacks().stream().map(Object::toString).toList());
            count(search(target));
        });
    }

    /** Where sources are not listed, it is as it was before they could be: keys of stored answers stay what they are. */
    private static int search(Target target) {
        if (target.listSources()) {
            return 2;
        }
        return target.search() ? 1 : 0;
    }

    /** One model, or the client's own choice, as it was before there were choices: keys of stored answers stay what they are. */
    private void models(List<ModelName> models) {
        if (models.size() > 1) {
            count(SEVERAL);
            texts(models.stream().map(Object::toString).toList());
        } else {
            text(models.isEmpty() ? "" : models.getFirst().full());
        }
    }

    private void texts(List<String> texts) {
        count(texts.size());
        texts.forEach(this::text);
    }

    /** Each text with its length before it, so that no two lists run into the same bytes. */
    private void text(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        count(bytes.length);
        sha256.update(bytes);
    }

    private void count(int number) {
        sha256.update(ByteBuffer.allocate(Integer.BYTES).putInt(number).flip());
    }
}
