// Owns how wide characters are on the emulated terminal: as wide as everything else that we show takes them to be.
import type { IUnicodeVersionProvider } from '@xterm/headless';
import { displayWidth, graphemes } from '../../../text/display-width.ts';

const zeroWidthJoiner = '\u200d';
/** The emulator's cells are one column or two. */
const widest = 2;

/**
 * What may be part of the character before it: marks, what is shown by nothing, skin tones, letters of flags, and the
 * vowels and finals of Hangul.
 */
const mayContinue =
  /^[\p{M}\p{Default_Ignorable_Code_Point}\p{Emoji_Modifier}\p{Regional_Indicator}\u1160-\u11ff\ud7b0-\ud7ff\uff9e\uff9f]/u;

/** Numbers from here on stand for characters of several code points, smaller ones for the code point of that number. */
const firstCluster = 0x11_0000;
/** A number is needed until the next code point has come; so many are kept because texts use the same ones again. */
const mostClusters = 4096;
/** No character is longer; what somebody piles upon one is shown with it and makes it no other. */
const longestCluster = 64;

/**
 * Tells the emulator what belongs into one cell. Its own tables are those of Unicode 6, and the addon for later ones
 * (`@xterm/addon-unicode-graphemes` 0.4.0) takes all emoji for narrow; with either, lines would be longer or shorter
 * on the screen than we count.
 */
export class ClusterWidths implements IUnicodeVersionProvider {
  readonly version = 'clusters';
  readonly #clusters: string[] = [];
  readonly #numbers = new Map<string, number>();
  readonly #widths = new Map<number, number>();

  wcwidth(codePoint: number): 0 | 1 | 2 {
    if (codePoint >= 0x20 && codePoint < 0x7f) return 1;
    let width = this.#widths.get(codePoint);
    if (width === undefined) {
      width = Math.min(displayWidth(String.fromCodePoint(codePoint)), widest);
      this.#widths.set(codePoint, width);
    }
    return width as 0 | 1 | 2;
  }

  /** The properties of a code point behind a character whose properties are `preceding`; 0 stands for no character. */
  charProperties(codePoint: number, preceding: number): number {
    const width = this.wcwidth(codePoint);
    const widthBefore = widthOf(preceding);
    if (widthBefore > 0 && (codePoint < 0x20 || codePoint > 0x7e)) {
      const before = this.#characters(preceding >> 3);
      const next = String.fromCodePoint(codePoint);
      if (mayContinue.test(next) || before.endsWith(zeroWidthJoiner)) {
        const both = before + next;
        if (both.length > longestCluster && width === 0) return properties(preceding >> 3, widthBefore, true);
        const widthOfBoth = displayWidth(both);
        if (widthOfBoth <= widest && (width === 0 || graphemes(both).length === 1))
          return properties(this.#numberOf(both), Math.max(widthBefore, widthOfBoth), true);
      }
    }
    // A mark that has nothing to stand on takes a cell, and is shown as a blank.
    return properties(codePoint, Math.max(width, 1), false);
  }

  #characters(number: number): string {
    return number < firstCluster
      ? String.fromCodePoint(number)
      : (this.#clusters[number - firstCluster] ?? '');
  }

  #numberOf(cluster: string): number {
    let number = this.#numbers.get(cluster);
    if (number === undefined) {
      if (this.#clusters.length === mostClusters) {
        this.#clusters.length = 0;
        this.#numbers.clear();
      }
      number = firstCluster + this.#clusters.length;
      this.#clusters.push(cluster);
      this.#numbers.set(cluster, number);
    }
    return number;
  }
}

/** As the emulator packs them: a number, a width, and whether it joins the character before it. */
function properties(number: number, width: number, joins: boolean): number {
  return (number << 3) | (width << 1) | (joins ? 1 : 0);
}

function widthOf(packed: number): number {
  return (packed >> 1) & 3;
}
