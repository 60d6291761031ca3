package ai.orchestrator.server.template;

/** Templates in the manner of the well-known families of models. */
final class Families {
    static final String CHATML = """
            {{- range .Messages }}<|im_start|>{{ .Role }}
            {{ .Content }}<|im_end|>
            {{ end }}<|im_start|>assistant
            """;

    /** Tools in the system's turn, calls between tags, thoughts before the answer. */
    static final String HERMES = """
            {{- if or .System .Tools }}<|im_start|>system
            {{ .System }}
            {{- if .Tools }}

            You may call these:
            <tools>
            {{- range .Tools }}
            {"type": "function", "function": {{ .Function }}}
            {{- end }}
            </tools>
            {{- end }}<|im_end|>
            {{ end }}
            {{- range $i, $_ := .Messages }}
            {{- $last := eq (len (slice $.Messages $i)) 1 -}}
            {{- if eq .Role "user" }}<|im_start|>user
            {{ .Content }}<|im_end|>
            {{ else if eq .Role "assistant" }}<|im_start|>assistant
            {{ if and .Thinking (not $last) }}<think>
            {{ .Thinking }}
            </think>

            {{ end }}
            {{- if .Content }}{{ .Content }}
            {{- else if .ToolCalls }}
            {{- range .ToolCalls }}<tool_call>
            {"name": "{{ .Function.Name }}", "arguments": {{ .Function.Arguments }}}
            </tool_call>
            {{- end }}
            {{- end }}{{ if not $last }}<|im_end|>
            {{ end }}
            {{- else if eq .Role "tool" }}<|im_start|>user
            <tool_response>
            {{ .Content }}
            </tool_response><|im_end|>
            {{ end }}
            {{- if and (ne .Role "assistant") $last }}<|im_start|>assistant
            {{ if and $.IsThinkSet (not $.Think) }}<think>

            </think>

            {{ end }}
            {{- end }}
            {{- end }}""";

    /** A header for each turn, calls as bare JSON with parameters. */
    static final String LLAMA3 = """
            <|start_header_id|>system<|end_header_id|>

            Today is {{ currentDate }}.
            {{ if .System }}{{ .System }}{{ end }}<|eot_id|>
            {{- range $i, $_ := .Messages }}
            {{- $last := eq (len (slice $.Messages $i)) 1 }}
            {{- if eq .Role "user" }}<|start_header_id|>user<|end_header_id|>

            {{ if and $.Tools $last }}Answer with a call of one of these functions.
            {{ range $.Tools }}
            {{- . }}
            {{ end }}
            {{- end }}{{ .Content }}<|eot_id|>
            {{- else if eq .Role "assistant" }}<|start_header_id|>assistant<|end_header_id|>

            {{ if .ToolCalls }}
            {{- range .ToolCalls }}{"name": "{{ .Function.Name }}", "parameters": {{ .Function.Arguments }}}{{ end }}
            {{- else }}{{ .Content }}
            {{- end }}{{ if not $last }}<|eot_id|>{{ end }}
            {{- else if eq .Role "tool" }}<|start_header_id|>ipython<|end_header_id|>

            {{ .Content }}<|eot_id|>
            {{- end }}
            {{- if and $last (ne .Role "assistant") }}<|start_header_id|>assistant<|end_header_id|>

            {{ end }}
            {{- end }}""";

    /** Brackets, and calls as an array after a mark. */
    static final String MISTRAL = """
            {{- range $index, $_ := .Messages }}
            {{- if eq .Role "user" }}
            {{- if and (le (len (slice $.Messages $index)) 2) $.Tools }}[AVAILABLE_TOOLS] {{ $.Tools }}[/AVAILABLE_TOOLS]
            {{- end }}[INST] {{ if and $.System (eq (len (slice $.Messages $index)) 1) }}{{ $.System }}

            {{ end }}{{ .Content }}[/INST]
            {{- else if eq .Role "assistant" }}
            {{- if .Content }} {{ .Content }}</s>
            {{- else if .ToolCalls }}[TOOL_CALLS] [
            {{- range .ToolCalls }}{"name": "{{ .Function.Name }}", "arguments": {{ json .Function.Arguments }}}
            {{- end }}]</s>
            {{- end }}
            {{- else if eq .Role "tool" }}[TOOL_RESULTS] {"content": {{ json .Content }}}[/TOOL_RESULTS]
            {{- end }}
            {{- end }}""";

    /** The name of the tool before its arguments. */
    static final String NAMED = """
            {{ range .Tools }}{{ .Function.Name }}: {{ .Function.Description }}
            {{ range $name, $property := .Function.Parameters.Properties }}- {{ $name }} ({{ $property.Type }})
            {{ end }}{{ end }}{{ range .Messages }}{{ .Role }}:
            {{- if .ToolCalls }}{{ range .ToolCalls }}<function={{ .Function.Name }}>{{ .Function.Arguments }}</function>{{ end }}
            {{- else }} {{ .Content }}{{ end }}
            {{ end }}assistant:""";

    static final String GEMMA = """
            <start_of_turn>user
            {{ if .System }}{{ .System }} {{ end }}{{ .Prompt }}<end_of_turn>
            <start_of_turn>model
            {{ .Response }}<end_of_turn>
            """;

    static final String PHI = """
            {{ if .System }}<|system|>
            {{ .System }}<|end|>
            {{ end }}{{ if .Prompt }}<|user|>
            {{ .Prompt }}<|end|>
            {{ end }}<|assistant|>
            {{ .Response }}<|end|>
            """;

    static final String ALPACA = """
            {{ if .System }}{{ .System }}

            {{ end }}{{ if .Prompt }}### Instruction:
            {{ .Prompt }}

            {{ end }}### Response:
            """;

    static final String FILL_IN = """
            {{- if .Suffix }}<fim_prefix>{{ .Prompt }}<fim_suffix>{{ .Suffix }}<fim_middle>
            {{- else }}{{ .Prompt }}
            {{- end }}""";

    private Families() {}
}
