// Owns which sentences between the blocks of a step ask a person to do something that no block does.
import { isPrintableAscii } from '../../text/is-printable-ascii.ts';

/**
 * What is asked: to tell people, to act, to wait for some minutes, or to say whether to go on. `apart` is asked only where
 * no block follows at once, which a sentence of its form most often describes.
 */
export type AsksByHand = 'tells' | 'acts' | 'waits' | 'apart' | 'stops';

/** A form of asking, and the first words of which it has one. */
interface Rule {
  readonly verbs: ReadonlySet<string>;
  readonly pattern: RegExp;
}

const words = (text: string): ReadonlySet<string> => new Set(text.split(' '));

/** What may stand before the verb begins so. */
const leads = words(
  'please then now next first finally also and afterward afterwards once when after before as while',
);

/** What may stand before the verb. */
export const leadOfOrder =
  /^(?:(?:please|then|now|next|first|finally|also|and|afterwards?),?\s+|(?:once|when|after|before|as soon as|while)\s[^,.;:]{3,80},\s+(?:please\s+)?)*/;

const team =
  '(?:the|your|a|an|all|every|everyone|everybody|users?|customers?|stakeholders?|people|on-?call|support|[#@`]\\S*|\\S+[- ](?:team|channel|on-?call))';

const surface =
  '(?:web ?site|site|console|dashboard|dashboards|browser|page|web ?ui|ui|gui|portal|tab|wizard|grafana|kibana|datadog|pagerduty|jira|slack|runbook)';

const request =
  '(?:pr|mr|pr/mr|pull request|merge request|ticket|issue|incident|change request|change|release|bridge|case|task)';

/** Words for people, of which no program is the subject. */
const tells: readonly Rule[] = [
  {
    verbs: words('notify tell inform ask announce contact warn brief escalate coordinate get reach'),
    pattern: new RegExp(
      `^(?:notify|tell|inform|ask|announce|contact|warn|brief|escalate|coordinate with|get in touch with|reach out to)\\s+(?:(?:it|this|that|the \\S+) )?(?:to |in |with |on )?${team}(?:\\s|[.,!]|$)`,
    ),
  },
  {
    verbs: words('call'),
    pattern:
      /^call\s+(?:the|your|a|an)\s+(?!(?:\S+ )?(?:api|endpoint|function|method|script|command|service|url|hook|webhook)\b)/,
  },
  { verbs: words('page'), pattern: /^page\s+(?:the|your)\s/ },
  {
    verbs: words('post send email e-mail share'),
    pattern: new RegExp(
      `^(?:post|send|e-?mail|share)\\s.{1,80}\\b(?:in|to|with|on)\\s+(?:${team}|slack|the channel)(?:\\s|[.,!]|$)`,
    ),
  },
  {
    verbs: words('acknowledge silence mute snooze resolve'),
    pattern:
      /^(?:acknowledge|silence|mute|snooze|resolve)\s+(?:the|this|all|any)\s+(?:\S+ ){0,3}(?:alerts?|pages?|pagers?|incidents?|alarms?)\b/,
  },
  {
    verbs: words('schedule book agree announce'),
    pattern:
      /^(?:schedule|book|agree on|announce)\s+(?:a|an|the)\s+(?:\S+ ){0,2}(?:window|downtime|maintenance|meeting|call)\b/,
  },
];

/** Work of a person, of which no program is the subject. */
const acts: readonly Rule[] = [
  {
    verbs: words('click doubleclick double-click tap scroll toggle'),
    pattern: /^(?:click|double-?click|tap|scroll|toggle)\s/,
  },
  {
    verbs: words('navigate browse go head switch log login sign signin logon'),
    pattern: new RegExp(
      `^(?:navigate|browse|go|head|switch|log ?in|sign ?in|log ?on)\\s+(?:back )?(?:to|into|at|in)\\s+(?:the|your|our)?\\s*(?:\\S+ ){0,4}${surface}\\b`,
    ),
  },
  {
    verbs: words('open'),
    pattern: new RegExp(`^open\\s+(?:up )?(?:the|your|our|a|an)\\s+(?:\\S+ ){0,4}${surface}\\b`),
  },
  {
    verbs: words('merge approve close'),
    pattern: new RegExp(
      `^(?:merge|approve)\\s+(?:it|them|this|that)\\b|^(?:merge|approve|close)\\s+(?:an?|the|this|that|your)\\s+(?:\\S+ ){0,3}${request}\\b`,
    ),
  },
  {
    verbs: words('get obtain request ask wait collect'),
    pattern:
      /^(?:get|obtain|request|ask for|wait for|collect)\s+(?:\S+ ){0,3}(?:approval|approvals|permission|sign-?off|go-?ahead|confirmation from)\b/,
  },
  {
    verbs: words('only continue proceed go move do don resume'),
    pattern:
      /^(?:only )?(?:continue|proceed|go on|go ahead|move on|resume|do not|don['’]t)\b.*\b(?:approv\w+|sign(?:ed)?[- ]?off|go-?ahead|permission|agreed|confirmed (?:by|that|it)|acknowledged|change (?:manager|board|window)|maintenance window|authori[sz]\w+)\b/,
  },
  {
    verbs: words('unplug plug reseat re-seat swap power power-off power-on press push'),
    pattern:
      /^(?:unplug|plug in|re-?seat|swap|power[- ](?:off|on|down|cycle)|press|push)\s+(?:the|a|an|each|both|all)\s+(?:\S+ ){0,3}(?:disks?|drives?|cables?|psu|power supply|battery|cards?|server|chassis|button|switch|key|node|machine)\b/,
  },
];

/** A time that nothing is to be done in. */
const waits: Rule = {
  verbs: words('wait allow give'),
  pattern:
    /^(?:wait|allow|give it)\s+(?:for )?(?:at least |about |another |approximately |around |up to )?(?:\d+|an?|one|two|three|five|ten|fifteen|twenty|thirty)(?:[-–]\d+)? (?:more )?(?:minutes?|mins?|hours?|days?)\b/,
};

/** What a block behind it may well do. */
const apart: readonly Rule[] = [
  {
    verbs: words('open create file raise submit update'),
    pattern: new RegExp(
      `^(?:open|create|file|raise|submit|update)\\s+(?:and (?:merge|approve) )?(?:an?|the|this|that|your)\\s+(?:\\S+ ){0,3}${request}\\b`,
    ),
  },
  {
    verbs: words('wait'),
    pattern:
      /^wait\s+(?!for the (?:\S+ )?(?:command|script|process) to (?:return|finish|complete|exit))(?:for|until|till|at least|about|a few|some|\d+)\b/,
  },
  {
    verbs: words('only continue proceed go move do don'),
    pattern:
      /^(?:only )?(?:continue|proceed|go on|move on)(?: only)? (?:only )?(?:once|when|after|if|as soon as)\b|^(?:do not|don['’]t) (?:continue|proceed|go on|move on|start|begin)\b.*\b(?:until|till|before|unless)\b/,
  },
  {
    verbs: words('watch monitor observe keep check look review verify confirm'),
    pattern: new RegExp(
      `^(?:watch|monitor|observe|keep an eye on|check|look at|review|verify|confirm)\\s.{0,60}\\b(?:${surface}|graphs?|panels?)\\b`,
    ),
  },
  {
    verbs: words('select choose visit navigate log login sign signin'),
    pattern:
      /^(?:select|choose|visit|navigate|log ?in|sign ?in)\s+(?:to |into )?(?:the|your|our|a|an|https?:\/\/|\[)/,
  },
  {
    verbs: words('post send email e-mail write make record note'),
    pattern: /^(?:post|send|e-?mail|write down|make a note of|record|note down)\s/,
  },
];

/** Every first word that a rule has. */
const verbs: ReadonlySet<string> = new Set(
  [...tells, ...acts, waits, ...apart].flatMap((rule) => [...rule.verbs]),
);

const asciiBeginning = /^[^a-z]{0,9}([a-z]+(?:-[a-z]+)?)/i;
const anyBeginning = /^[^\p{L}]{0,9}([a-z]+(?:-[a-z]+)?)/iu;

/** Whether the first word of a paragraph, as it is written, lets it ask for something. */
export function mayAskByHand(written: string): boolean {
  const beginning = isPrintableAscii(written) ? asciiBeginning : anyBeginning;
  const [, first = ''] = beginning.exec(written) ?? [];
  const word = first.toLowerCase();
  return verbs.has(word) || leads.has(word);
}

/**
 * Whether a paragraph, as plain text, asks a person to do something; `undefined` where it explains, leads to what
 * follows it, or leaves it to a condition.
 */
export function asksByHand(paragraph: string): AsksByHand | undefined {
  const text = paragraph.trim().replace(/\s+/g, ' ').toLowerCase();
  if (!mayAskByHand(text) || /[:：]$/.test(text)) return undefined;
  const order = text.replace(leadOfOrder, '');
  const [first = ''] = /^[a-z]+(?:-[a-z]+)?/.exec(order) ?? [];
  const fits = (rule: Rule) => rule.verbs.has(first) && rule.pattern.test(order);
  if (tells.some(fits)) return 'tells';
  if (acts.some(fits)) return 'acts';
  if (fits(waits)) return 'waits';
  return apart.some(fits) ? 'apart' : undefined;
}

const work =
  '(?:procedure|runbook|playbook|upgrade|update|migration|maintenance|change|rollout|release|deploy(?:ment)?|fail-?over|restore|process|work|here)';

/** To stop the procedure; what stops a service or a job is a step. */
const stop = `(?:(?:stop|abort|halt|cancel|quit)(?=\\s+(?:here|now|immediately|at (?:this|once)|and (?:alert|ask|call|contact|escalate|get|go back|inform|investigate|notify|open|page|raise|report|roll|seek|tell|wait)\\b|(?:the|this|your) (?:\\S+ )?${work}\\b|if\\b|when\\b|unless\\b)|\\s*(?:[.,;!)]|$))|(?:do not|don['’]t|never) (?:continue|proceed|go on|go ahead|go further|move on|start|begin|apply|run)|go no further)\\b`;

/** `If the lag is more than 10 s, stop here.`, `Stop here if …`: whether that holds is for a person to say. */
const stopsIf = new RegExp(
  `^(?:(?:but|and|otherwise)\\s+)?(?:if|when|unless|should)\\b[^.;:]{3,160}(?:,|\\bthen\\b|\\bplease\\b|[-–—])\\s*(?:then\\s+|please\\s+)*${stop}|^(?:please\\s+)?${stop}[^.;:]{0,40}\\b(?:if|when|unless)\\b`,
);

/** A block that fails ends the run by itself. */
const failsItself =
  /\b(?:if|when|should)\s+(?:it|this|that|the (?:\S+ )?(?:command|step|block|script|check|migration|build|deploy\w*|upgrade|test|job))\s+(?:fails?|failed|errors?|breaks?|crashes|does(?: not|n['’]t) (?:succeed|pass|work|complete))/;

const mayStop =
  /\b(?:stop|abort|halt|cancel|quit|continue|proceed|further|go (?:on|ahead)|move on|start|begin)\b/i;

/** Whether a paragraph, as it is written or as plain text, tells under which condition nothing of what follows is to be done. */
export function stopsOnCondition(paragraph: string): boolean {
  if (!mayStop.test(paragraph)) return false;
  return paragraph
    .replace(/\s+/g, ' ')
    .toLowerCase()
    .split(/(?<=[.!?;])\s+/)
    .some((sentence) => !/[:：]$/.test(sentence) && stopsIf.test(sentence) && !failsItself.test(sentence));
}

/** Code that itself tells people, or asks them. */
const reaches =
  /\b(?:slack|mail|mailx|sendmail|notify\S*|announce\S*|\S*hooks?|teams|statuspage|status-page|pagerduty|opsgenie|gh|glab|hub|jira)\b|\bcurl\b.*\s(?:-d|--data\S*|--json|-F|-X ?POST|--request POST)\b/;

/** Code that waits. */
const lingers = /\b(?:sleep|watch|wait|until|timeout|while)\b/;

/** Whether a block may do what the sentence right before it asks for. */
export function mayDo(code: string, asks: AsksByHand): boolean {
  if (asks === 'stops') return false;
  return asks === 'apart' || (asks === 'waits' ? lingers : reaches).test(code);
}
