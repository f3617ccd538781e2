// Owns the short phrases that name an output, as `Example output:` does.

/** What a short phrase that names an output may begin with, beside `code`. */
export const adjectives: ReadonlySet<string> = new Set(
  `a an the this its your some example sample expected typical standard healthy resulting similar following command
  terminal console shell good bad normal correct successful success partial truncated abbreviated full actual program
  script test query server client error log final first second possible json yaml`.split(/\s+/),
);
const mostAdjectives = 4;

const place =
  '(?:\\s?\\([^)]*\\))?(?:\\s(?:of|from|for|is|are|in|on|when|after|would be|should be|will be|may be|looks?)\\b[^:：]{0,80})?\\s?[:：]?$';

/** Phrases that name an output, without their adjectives. */
export const outputPhrase = new RegExp(`^(?:outputs?|responses?|results?|stdout|stderr)${place}`);
/** What may be an output as well as something else. */
export const perhapsOutputPhrase = new RegExp(
  `^(?:logs?|log (?:lines?|entr(?:y|ies)|messages?)|errors?|messages?|listing|alert|stack ?trace)${place}`,
);
/** `Output of the following command:` names an output, whatever it leads to. */
export const namesOutput = /^(?:outputs?|responses?|results?)\b(?! (?:in|to|with))/;

/** Whether a sentence, in lower case, opens with such a phrase, with or without adjectives before it. */
export function opensWith(phrase: RegExp, sentence: string): boolean {
  let rest = sentence;
  for (let passed = 0; !phrase.test(rest); passed += 1) {
    const [adjective = ''] = /^(?:[a-z]+|`[^`]+`)[\s-]/.exec(rest) ?? [];
    const isKnown = adjective.startsWith('`') || adjectives.has(adjective.slice(0, -1));
    if (!isKnown || passed === mostAdjectives) return false;
    rest = rest.slice(adjective.length);
  }
  return true;
}
