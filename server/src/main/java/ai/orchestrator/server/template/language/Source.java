package ai.orchestrator.server.template.language;

/** A template's text, and where in it something is. */
record Source(String text) {
    /** A complaint about what stands at an offset. */
    TemplateException error(int offset, String message) {
        int line = 1;
        int start = 0;
        for (int next = text.indexOf('\n'); next >= 0 && next < offset; next = text.indexOf('\n', next + 1)) {
            line++;
            start = next + 1;
        }
        int column = text.codePointCount(start, Math.min(offset, text.length())) + 1;
        return new TemplateException("line " + line + ", column " + column + ": " + message);
    }
}
