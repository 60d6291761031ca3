package ai.orchestrator.classifier.signals;

/** What a word can speak for; its words are in {@code topics.txt}. */
enum Topic {
    SMALL_TALK,
    REWORDING,
    MEANING,
    FACT_QUESTION,
    CHANGING,
    COMPARISON,
    HOW_TO,
    QUANTITY_QUESTION,
    PROOF,
    ANALYSIS,
    DESIGN,
    PROGRAMMING,
    MATHS,
    CONSTRAINT,
    CAPITAL_NOUNS
}
