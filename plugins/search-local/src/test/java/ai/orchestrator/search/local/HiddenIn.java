package ai.orchestrator.search.local;

/** Ways to put text into a PDF that its readers do not see. */
enum HiddenIn {
    INVISIBLE_MODE,
    WHITE,
    WHITE_GRAY,
    WHITE_INK,
    WHITE_SPOT_INK,
    WHITE_PROFILE,
    GROUND_COLOUR,
    TRANSPARENT,
    TINY,
    TINY_BY_MATRIX,
    NARROW,
    BEYOND_CROP,
    BEYOND_PAGE,
    LAYER_OFF,
    FORM_OFF,
    ACTUAL_TEXT,
    ANNOTATION,
    ATTACHMENT,
    SCRIPT,
    KEYWORDS
}
