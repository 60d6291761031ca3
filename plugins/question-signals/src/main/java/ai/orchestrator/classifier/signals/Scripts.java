package ai.orchestrator.classifier.signals;

import java.lang.Character.UnicodeScript;

/** Writing systems, as far as the rules tell them apart. */
final class Scripts {
    private Scripts() {}

    /** Chinese and Japanese: no spaces between words, and a character says as much as some letters do. */
    static boolean isUnspaced(int character) {
        if (character < 0x2E80) {
            return false;
        }
        UnicodeScript script = UnicodeScript.of(character);
        return script == UnicodeScript.HAN || script == UnicodeScript.HIRAGANA || script == UnicodeScript.KATAKANA;
    }

    /** A letter of a script that no line of {@code topics.txt} is written in. */
    static boolean isUncovered(int character) {
        return character >= 0x370
                && Character.isLetter(character)
                && !isUnspaced(character)
                && UnicodeScript.of(character) != UnicodeScript.LATIN
                && UnicodeScript.of(character) != UnicodeScript.ARABIC
                && UnicodeScript.of(character) != UnicodeScript.COMMON;
    }
}
