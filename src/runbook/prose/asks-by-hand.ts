// Owns which sentences between the blocks of a step ask a person to do something that no block does.

/** How sure it is: `certain` also where a block follows at once, which a sentence before it most often describes. */
export type AsksByHand = 'certain' | 'apart';

/** What may stand before the verb. */
const lead =
  /^(?:(?:please|then|now|next|first|finally|also|and|afterwards?),?\s+|(?:once|when|after|before|as soon as|while)\s[^,.;:]{3,80},\s+(?:please\s+)?)*/;

const team =
  '(?:the|your|a|an|all|every|everyone|everybody|users?|customers?|stakeholders?|people|on-?call|support|[#@`]\\S*|\\S+[- ](?:team|channel|on-?call))';

const surface =
  '(?:web ?site|site|console|dashboard|dashboards|browser|page|web ?ui|ui|gui|portal|tab|wizard|grafana|kibana|datadog|pagerduty|jira|slack|runbook)';

const request =
  '(?:pr|mr|pr/mr|pull request|merge request|ticket|issue|incident|change request|change|release|bridge|case|task)';

/** Verbs of which no program is the subject. */
const certain: readonly RegExp[] = [
  new RegExp(
    `^(?:notify|tell|inform|ask|announce|contact|warn|brief|escalate|coordinate with|get in touch with|reach out to)\\s+(?:(?:it|this|that|the \\S+) )?(?:to |in |with |on )?${team}(?:\\s|[.,!]|$)`,
  ),
  /^call\s+(?:the|your|a|an)\s+(?!(?:\S+ )?(?:api|endpoint|function|method|script|command|service|url|hook|webhook)\b)/,
  /^page\s+(?:the|your)\s/,
  /^(?:click|double-?click|tap|scroll|toggle)\s/,
  new RegExp(
    `^(?:navigate|browse|go|head|switch|log ?in|sign ?in|log ?on)\\s+(?:back )?(?:to|into|at|in)\\s+(?:the|your|our)?\\s*(?:\\S+ ){0,4}${surface}\\b`,
  ),
  new RegExp(`^open\\s+(?:up )?(?:the|your|our|a|an)\\s+(?:\\S+ ){0,4}${surface}\\b`),
  new RegExp(
    `^(?:merge|approve)\\s+(?:it|them|this|that)\\b|^(?:merge|approve|close)\\s+(?:an?|the|this|that|your)\\s+(?:\\S+ ){0,3}${request}\\b`,
  ),
  /^(?:get|obtain|request|ask for|wait for|collect)\s+(?:\S+ ){0,3}(?:approval|approvals|permission|sign-?off|go-?ahead|confirmation from)\b/,
  new RegExp(
    `^(?:post|send|e-?mail|share)\\s.{1,80}\\b(?:in|to|with|on)\\s+(?:${team}|slack|the channel)(?:\\s|[.,!]|$)`,
  ),
  /^(?:unplug|plug in|re-?seat|swap|power[- ](?:off|on|down|cycle)|press|push)\s+(?:the|a|an|each|both|all)\s+(?:\S+ ){0,3}(?:disks?|drives?|cables?|psu|power supply|battery|cards?|server|chassis|button|switch|key|node|machine)\b/,
  /^(?:acknowledge|silence|mute|snooze|resolve)\s+(?:the|this|all|any)\s+(?:\S+ ){0,3}(?:alerts?|pages?|pagers?|incidents?|alarms?)\b/,
  /^(?:schedule|book|agree on|announce)\s+(?:a|an|the)\s+(?:\S+ ){0,2}(?:window|downtime|maintenance|meeting|call)\b/,
];

/** What a block behind it may well do. */
const apart: readonly RegExp[] = [
  new RegExp(
    `^(?:open|create|file|raise|submit|update)\\s+(?:and (?:merge|approve) )?(?:an?|the|this|that|your)\\s+(?:\\S+ ){0,3}${request}\\b`,
  ),
  /^wait\s+(?!for the (?:\S+ )?(?:command|script|process) to (?:return|finish|complete|exit))(?:for|until|till|at least|about|a few|some|\d+)\b/,
  new RegExp(
    `^(?:watch|monitor|observe|keep an eye on|check|look at|review|verify|confirm)\\s.{0,60}\\b(?:${surface}|graphs?|panels?)\\b`,
  ),
  /^(?:select|choose|visit|navigate|log ?in|sign ?in)\s+(?:to |into )?(?:the|your|our|a|an|https?:\/\/|\[)/,
  /^(?:post|send|e-?mail|write down|make a note of|record|note down)\s/,
];

/** A quick look that most sentences end with. */
const verbs =
  /\b(?:notify|tell|inform|ask|announce|contact|warn|brief|escalate|coordinate|get|reach|call|page|click|double-?click|tap|scroll|toggle|navigate|browse|go|head|switch|log|login|logon|sign|signin|open|merge|approve|create|file|raise|submit|close|update|obtain|request|wait|collect|post|send|e-?mail|share|unplug|plug|re-?seat|swap|power|press|push|acknowledge|silence|mute|snooze|resolve|schedule|book|agree|watch|monitor|observe|keep|check|look|review|verify|confirm|select|choose|visit|write|make|record|note)\b/;

/**
 * Whether a paragraph, as plain text, asks a person to do something; `undefined` where it explains, leads to what
 * follows it, or leaves it to a condition.
 */
export function asksByHand(paragraph: string): AsksByHand | undefined {
  const text = paragraph.trim().replace(/\s+/g, ' ').toLowerCase();
  if (/[:：]$/.test(text) || !verbs.test(text.slice(0, 160))) return undefined;
  const order = text.replace(lead, '');
  if (certain.some((pattern) => pattern.test(order))) return 'certain';
  return apart.some((pattern) => pattern.test(order)) ? 'apart' : undefined;
}

/** Code that itself tells people, or asks them. */
const tells =
  /\b(?:slack|mail|mailx|sendmail|notify\S*|announce\S*|\S*hooks?\b|teams|statuspage|status-page|pagerduty|pd|opsgenie|gh|glab|hub|jira|curl|http|wall|write)\b/;

/** Whether a block may do what the sentence right before it asks for. */
export function mayDo(code: string): boolean {
  return tells.test(code);
}
