// Owns the short phrases that name an output, as `Example output:` does.

/** What a short phrase that names an output may begin with, beside `code`. */
export const adjectives: ReadonlySet<string> = new Set(
  `a an the this its your some example sample expected typical standard healthy resulting similar following command
  terminal console shell good bad normal correct successful success partial truncated abbreviated full actual program
  script test query server client error log final first second possible json yaml`.split(/\s+/),
);
const mostAdjectives = 4;

/** What may stand behind the words: it is long, and so one pattern for all of them. */
const place =
  /^(?:\s?\([^)]*\))?(?:\s(?:of|from|for|is|are|in|on|when|after|would be|should be|will be|may be|looks?)\b[^:：]{0,80})?\s?[:：]?$/;

/** Words that name an output, and whether nothing but a place of it may follow. */
export interface OutputPhrase {
  readonly words: RegExp;
  readonly isWhole: boolean;
}

/** Phrases that name an output, without their adjectives. */
export const outputPhrase: OutputPhrase = {
  words: /^(?:outputs?|responses?|results?|stdout|stderr)/,
  isWhole: true,
};
/** What may be an output as well as something else. */
export const perhapsOutputPhrase: OutputPhrase = {
  words: /^(?:log (?:lines?|entr(?:y|ies)|messages?)|logs?|errors?|messages?|listing|alert|stack ?trace)/,
  isWhole: true,
};
/** `Output of the following command:` names an output, whatever it leads to. */
export const namesOutput: OutputPhrase = {
  words: /^(?:outputs?|responses?|results?)\b(?! (?:in|to|with))/,
  isWhole: false,
};

/** Whether a sentence, in lower case, opens with such a phrase, with or without adjectives before it. */
export function opensWith(phrase: OutputPhrase, sentence: string): boolean {
  let rest = sentence;
  for (let passed = 0; !isPhrase(phrase, rest); passed += 1) {
    const [adjective = ''] = /^(?:[a-z]+|`[^`]+`)[\s-]/.exec(rest) ?? [];
    const isKnown = adjective.startsWith('`') || adjectives.has(adjective.slice(0, -1));
    if (!isKnown || passed === mostAdjectives) return false;
    rest = rest.slice(adjective.length);
  }
  return true;
}

function isPhrase({ words, isWhole }: OutputPhrase, text: string): boolean {
  const found = words.exec(text);
  return found !== null && (!isWhole || place.test(text.slice(found[0].length)));
}
