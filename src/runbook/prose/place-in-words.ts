// Owns which words say on which machine something is to be done: "On the replica:", "Run this on each node:".

import { placeInOtherWords } from './place-in-other-words.ts';

/** Where words send their reader. */
export interface PlaceInWords {
  /** The place as it is named, in lower case, to tell it from others. */
  readonly name: string;
  /**
   * - `elsewhere`: it is not this machine, or not this one alone: several, another one.
   * - `inside`: a container on it.
   * - `named`: one machine, which may be this one.
   * - `here`: the operator's own.
   * - `beside`: another terminal, while something goes on in this one.
   */
  readonly is: 'elsewhere' | 'inside' | 'named' | 'here' | 'beside';
}

const machine =
  'hosts?|servers?|machines?|nodes?|vms?|virtual machines?|instances?|box(?:es)?|systems?|bastions?|jump ?(?:hosts?|box(?:es)?|servers?)|primary|primaries|secondar(?:y|ies)|replicas?|standbys?|masters?|slaves?|leaders?|followers?|workers?|managers?|control[- ]plane|controllers?|clients?|agents?|brokers?|members?|peers?|routers?|switch(?:es)?|firewalls?|gateways?|load[- ]?balancers?|proxy|proxies|hypervisors?|dom0|source|target|destination';
const inside = 'containers?|pods?|guests?|chroot|jail|sandbox';
const own =
  'laptop|workstation|desktop|local machine|local host|local computer|computer|own machine|own computer|dev machine|admin machine|control machine|control node|controller machine';

/** What stands between the preposition and the noun: "each of the old database". */
const many =
  'each|every|all(?: of)?|both|any(?: of)?|one of|two|three|the (?:other|others|remaining|remote)|another|other|a (?:second|different|separate|new|third)|the (?:second|third)';
const determiner = `(?:(?:${many})(?: (?:the|these|your|those))?|the|your|this|that|a|an|its|their|our)`;
const words = "(?:[\\w'’.-]+ ){0,4}?";
const name = '(?:[a-z][a-z0-9-]*\\d[a-z0-9-]*|[a-z][\\w-]*(?:\\.[\\w-]+)+)';

const phrase = `(?:on|in|inside|within|from|at|logged in(?:to)? (?:on|to)?|ssh(?:ed)? (?:in)?to) (?:(?<det>${determiner}) )?(?<what>${words}(?:${own}|${inside}|${machine})|${name})(?![\\w-])`;
/** Words that go with a place: nothing more comes, or what is done there. */
const rest =
  '(?:[,:：)]|$| (?:itself|only|first|again|too|as well|where|that|which|with|of|running|in|as|you|run|execute|perform|issue|do|type|stop|start|restart|install|create|edit|open|use|enter|and|to)\\b.*)';
const atStart = new RegExp(
  `^(?:(?:then|next|now|first|second|finally|again|afterwards?|once done|and|step \\d+)[,:.]? )?(?:(?:(?:ssh|log|login|logged|connect|switch|change|go)\\b(?: ?in| ?on| ?back| over)* ?)?)${phrase}${rest}`,
);
const afterVerb = new RegExp(
  `\\b(?:run|running|execute|executed|perform|do|issue|type|enter|invoke|repeat|apply|the following|these|this|commands?|steps?|it) ${phrase}\\s?(?:[,:：]|$|(?:and|to|as|with)\\b)`,
);
/** "Run the following command in all pods.": an order leads to the block behind it without a colon, too. */
const orders =
  /^(?:(?:then|now|next|finally),? )?(?:run|execute|perform|issue|type|enter|invoke|repeat|apply) /;
const atEnd = new RegExp(`(?:^|[ (\\[])${phrase}[)\\]]?$`);

const terminal = '(?:terminal|shell|tab|window|session|console|pane)s?(?: (?:window|tab|session|pane))?';
const otherTerminal = new RegExp(
  `\\b(?:(?:in|from|on|open|start|use) (?:(?:an?|the|your|yet) ?)?(?:second|another|separate|different|other|third|new|parallel)(?: [\\w-]+)? ${terminal}|(?:^|in |on )(?:the |your )?(?:terminal|shell|window|tab) (?:#?[2-9]|two|three|b))\\s?(?:[,:：)]|$|(?:and|to|run|execute|you|start|type|use|on)\\b)`,
);

/** The place that a sentence which leads to a block names. */
export function placeInSentence(sentence: string): PlaceInWords | undefined {
  const plain = plainOf(sentence);
  if (plain.length > 200) return undefined;
  if (otherTerminal.test(plain)) return { name: 'another terminal', is: 'beside' };
  const order = orders.test(plain) ? plain.replace(/\.$/, '') : plain;
  return placeOf(atStart.exec(plain) ?? afterVerb.exec(order)) ?? placeInOtherWords(plain);
}

/** The place that a heading names: "On the replica", "Restart PostgreSQL (on db1)", "Stop the app on the web server". */
export function placeInHeading(title: string): PlaceInWords | undefined {
  if (otherTerminal.test(plainOf(title))) return { name: 'another terminal', is: 'beside' };
  const plain = plainOf(title);
  return placeOf(atEnd.exec(plain) ?? atStart.exec(plain)) ?? placeInOtherWords(plain);
}

function plainOf(text: string): string {
  return text
    .toLowerCase()
    .replace(/[`*_"“”]/g, '')
    .replace(/^\s*(?:step )?(?:\d+(?:\.\d+)*[.):]?|[-*+>])\s+/, '')
    .replace(/\s+/g, ' ')
    .trim();
}

const isOwn = new RegExp(`\\b(?:${own})$`);
const isInside = new RegExp(`\\b(?:${inside})$`);
const isMany = new RegExp(`^(?:${many})(?: |$)`);
const isRemote = /\b(?:bastions?|jump ?\w+|remote|other|second|another|different)\b/;
/** "In the system", "on the target": said of anything. */
const isVague =
  /^(?:(?:the|this|your|that|a|an|its|our) )?(?:system|target|source|destination|cluster|server|host|machine|node|instance|vm|box|client|agent|members?)$/;

function placeOf(found: RegExpExecArray | null): PlaceInWords | undefined {
  const { det = '', what = '' } = found?.groups ?? {};
  if (what === '') return undefined;
  const whole = `${det} ${what}`.trim();
  if (isOwn.test(what) || /^(?:this|local)\b|\blocal(?:host)?\b/.test(whole))
    return { name: whole, is: 'here' };
  const whereTo = what.replace(/^(?:same|following|corresponding|respective|given) /, '');
  if (isInside.test(what)) return { name: whereTo, is: 'inside' };
  if (isMany.test(det) || isRemote.test(what)) return { name: whereTo, is: 'elsewhere' };
  return { name: isVague.test(whole) ? 'the machine' : whereTo, is: 'named' };
}
