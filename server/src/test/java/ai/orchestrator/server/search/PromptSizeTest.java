package ai.orchestrator.server.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PromptSizeTest {
    /** With the tokens that SmolLM2's vocabulary makes of them. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
            44 | The zorblat engine was built in 1887 by Anna Kessler in the town of Marburg. It ran on steam and drove eleven looms, which was a great deal at the time.
            71 | Die Maschine wurde im Jahre achtzehnhundertsiebenundachtzig gebaut und trieb, was damals ungewöhnlich war, elf Webstühle gleichzeitig an. Größere Übersetzungen waren schwierig.
            67 | Машина была построена в конце прошлого века и приводила в движение одиннадцать ткацких станков.
            68 | تم بناء الآلة في نهاية القرن الماضي وكانت تدير أحد عشر نولا في المصنع القديم.
            69 | 这台机器建于上世纪末，当时它驱动着十一台织布机，这在那个时代是非常了不起的成就。
            82 | この機械は前世紀の終わりに建造され、当時としては珍しく十一台の織機を同時に動かしていた。
            113 | 이 기계는 지난 세기 말에 만들어졌으며 당시로서는 드물게 열한 대의 직조기를 동시에 움직였다.
            77 | यह मशीन पिछली शताब्दी के अंत में बनाई गई थी और ग्यारह करघे चलाती थी।
            152 | เครื่องจักรนี้สร้างขึ้นในปลายศตวรรษที่แล้วและขับเคลื่อนเครื่องทอผ้าสิบเอ็ดเครื่อง
            39 | 3141 5926 5358 9793 2384 6264 3383 2795
            32 | 31415926535897932384626433832795
            34 | qxzjkvw kvwqxzj zzqkxvw jxkqwvz wqkzjxv
            33 | dGhlIHpvcmJsYXQgZW5naW5lIHdhcyBidWlsdA==QxZ0
            31 | 7f3a91bc00de1234 0e9d8c7b6a594837
            18 | THE ZORBLAT ENGINE WAS BUILT IN MARBURG
            25 | if (x != null && !y.isEmpty()) return foo(x, y.get(0));
            37 | &lt;p&gt;a &amp; b&lt;/p&gt; &quot;x&quot; &lt;br/&gt;
            18 | 🎲🐌🔥🗿🐙🏰
            42 | <evidence-7f3a91bc00de1234 id="1" host="docs.example.org" date="2026-09-02">
            """)
    void isHardlyLessThanTheTokensOfASmallVocabulary(int tokens, String text) {
        assertThat(PromptSize.of(text) / PromptSize.BYTES_PER_TOKEN).isBetween(tokens * 0.65, tokens * 1.5 + 1);
    }

    @Test
    void isNearTheBytesOfEnglishProse() {
        String prose =
                "The engine was built by a smith in the old town, ran on steam and drove eleven looms, which was a great deal then.";
        int bytes = prose.getBytes(StandardCharsets.UTF_8).length;
        assertThat(PromptSize.of(prose)).isBetween(bytes * 3 / 4, bytes * 5 / 4);
    }

    @Test
    void ofNothingIsNothing() {
        assertThat(PromptSize.of("")).isZero();
    }
}
