package ai.orchestrator.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class WrkScriptTest {
    @Test
    void aTextIsALiteralOfLua() {
        assertThat(WrkScript.literal("{\"a\":\"b\\n\"}")).isEqualTo("\"{\\\"a\\\":\\\"b\\\\n\\\"}\"");
        assertThat(WrkScript.literal("a\r\n1\t\0" + "2\u007f")).isEqualTo("\"a\\013\\0101\\009\\0002\\127\"");
        assertThat(WrkScript.literal("")).isEqualTo("\"\"");
        assertThatIllegalArgumentException().isThrownBy(() -> WrkScript.literal("caf\u00e9"));
    }

    @Test
    void requestsAreSentWholeWithTheirNumber() {
        Requests requests = Requests.post("/api", "", "{\"n\":\"" + Requests.MARK + "\"}");

        assertThat(requests.cycling(100, 25).script()).isEqualTo("""
                local before = "POST /api HTTP/1.1\\013\\010Host: 127.0.0.1\\013\\010Content-Type: application/json\\013\\010\
                Content-Length: 20\\013\\010\\013\\010{\\"n\\":\\""
                local after = "\\"}"
                local sent = 0
                function request()
                  local number = 100 + sent % 25
                  sent = sent + 1
                  return before .. string.format("%012d", number) .. after
                end
                """);
    }

    @Test
    void noRunRepeatsTheNumbersOfAnother() {
        Requests requests = Requests.post("/", "", "\"" + Requests.MARK + "\"");

        assertThat(requests.nextBody()).isEqualTo("\"000000000000\"");
        assertThat(requests.script()).contains("local sent = 1\n");
        assertThat(requests.script()).contains("local sent = 1000000001\n");
        assertThat(requests.nextBody()).isEqualTo("\"002000000001\"");
    }

    @Test
    void requestsWithoutANumberAreAllTheSame() {
        assertThat(Requests.same("/", "", "{}").script())
                .contains("{}\"\nlocal after = \"\"", "before .. \"\" .. after");
    }
}
