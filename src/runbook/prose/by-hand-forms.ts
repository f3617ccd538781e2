// Owns the forms of sentences that ask a person for something of which no program is the subject.

/** A form of asking, and the first words of which it has one. */
export interface Rule {
  readonly verbs: ReadonlySet<string>;
  readonly pattern: RegExp;
}

const words = (text: string): ReadonlySet<string> => new Set(text.split(/\s+/));

const team =
  '(?:the|your|a|an|all|every|everyone|everybody|users?|customers?|stakeholders?|people|on-?call|support|[#@`]\\S*|\\S+[- ](?:team|channel|on-?call))';

const person =
  '(?:engineers?|dbas?|teams?|managers?|leads?|owners?|on-?call|operators?|admins?|administrators?|customers?|users|stakeholders?|colleagues?|persons?|people|somebody|someone|commander|vendor|provider|support|requester|reporter)';

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
  {
    verbs: words('confirm agree check verify align coordinate sync discuss consult speak talk clarify'),
    pattern: new RegExp(
      `^[a-z]+\\s+(?:[^,.;:]{0,40}?\\s)?(?:with|to)\\s+(?:the |your |a |an |all |every )?(?:\\S+ ){0,3}?${person}\\b`,
    ),
  },
  {
    verbs: words('ask'),
    pattern: /^ask\s+(?:for\s|[a-z]+\s+(?:for|to|whether|if|about)\s)/,
  },
  {
    verbs: words('have'),
    pattern: new RegExp(`^have\\s+(?:the|your|an?|another)\\s+(?:\\S+ ){0,3}?${person}\\s+[a-z]`),
  },
  { verbs: words('let'), pattern: /^let\s+[^,.;:]{2,60}\sknow\b/ },
  {
    verbs: words('record write note document log add put'),
    pattern: new RegExp(
      `^[a-z]+\\s[^.;:]{2,80}\\s(?:in|to|on|into)\\s+(?:the|your|this|that)\\s+(?:\\S+ ){0,3}?(?:${request}|channel|timeline|log ?book|shift log|handover|post-?mortem)\\b`,
    ),
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
  {
    verbs: words('make ensure verify check confirm'),
    pattern:
      /^(?:make sure|make certain|ensure|verify|check|confirm)\s+(?:that\s+)?(?:[^.;:]{0,80}\b(?:(?:is|are|has been|have been|was|were) (?:approved|signed off|agreed|authori[sz]ed|informed|notified|announced))\b|(?:nobody|no one|no-one|everyone|everybody|somebody|someone)\b)/,
  },
  {
    verbs: words('decide'),
    pattern: /^decide\s+(?:whether|if|which|how|on|who|when|what|together)\b/,
  },
  {
    verbs: words('go navigate browse head'),
    pattern: /^(?:go|navigate|browse|head)\s+(?:back )?to\s[^.;:]*\s(?:→|>|»|->|›)\s/,
  },
];

/** A time that nothing is to be done in. */
const waits: Rule = {
  verbs: words('wait allow give'),
  pattern:
    /^(?:wait|allow|give it)\s+(?:for )?(?:at least |about |another |approximately |around |(?<!^allow )up to )?(?:\d+|an?|one|two|three|five|ten|fifteen|twenty|thirty)(?:[-–]\d+)? (?:more )?(?:minutes?|mins?|hours?|days?)\b/,
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
    verbs: words('watch monitor observe keep check double-check look review verify confirm'),
    pattern: new RegExp(
      `^(?:watch|monitor|observe|keep an eye on|(?:double-)?check|look at|review|verify|confirm)\\s.{0,60}\\b(?:${surface}|graphs?|panels?)\\b`,
    ),
  },
  {
    verbs: words('select choose pick visit navigate log login sign signin'),
    pattern:
      /^(?:select|choose|pick|visit|navigate|log ?in|sign ?in)\s+(?:to |into )?(?:the|your|our|a|an|https?:\/\/|\[)/,
  },
  {
    verbs: words('post send email e-mail write make record note'),
    pattern: /^(?:post|send|e-?mail|write down|make a note of|record|note down)\s/,
  },
];

/** To do it once more, and elsewhere. */
const repeats: Rule = {
  verbs: words('repeat do redo perform apply execute run'),
  pattern:
    /^(?:repeat|redo)\s+(?!(?:offender|count|rate|interval)s?\b)\S|^(?!(?:run|execute|do|perform)\s+(?:this|it|that)(?: commands?| steps?| procedure)?\s+to\s)(?:do|perform|apply|execute|run)\s+(?:the same|this|it|that|so)(?: things?| again| steps?| commands?| procedure)?\s+(?:again\s+)?(?:on|for|with|in|to)\s+(?:the|all|each|every|both|\S+[ ,])/,
};

const people = `(?:someone|somebody|(?:the|your|a|an|another) (?:[^\\s,.;:]+ ){0,3}?${person}|(?:someone|somebody) (?:from|of|in) [^,.;:]{2,40}?)`;

/** Who is told to do something: `The operator must click …` */
const byWhom = `^(?:[^.;:]{0,60},\\s+)?${people}\\s+(?:must|has to|have to|needs? to|should|is to)\\s+(?!not\\b|be\\b|have\\b|see\\b|know\\b)(?:now |also |first |then )?[a-z]`;

const mayGive = '(?:approve|sign|confirm|agree|authori[sz]e|acknowledge|give)';
const given = '(?:approved|signed off|authori[sz]ed|confirmed by|agreed|acknowledged|reviewed by)';

/** What others have to say first, or what has to be done by hand: no order by its form. */
const gate = new RegExp(
  `${byWhom}|^(?:[^.;:]{0,60},\\s+)?(?:the|your|a|an|another|someone|somebody)\\b[^,.;:]{0,60}?\\b(?:must|has to|have to|needs? to)\\s+(?:now |also |first )?${mayGive}\\b|\\b(?:must|has to|have to|needs? to) (?:first |also )?be ${given}\\b|\\b(?:must|has to|have to|needs? to) be [a-z]+(?:ed|en|t)\\b[^.;:]*\\b(?:by hand|manually)\\b`,
);

const tool =
  '(?:console|dashboards?|browser|(?:web ?)?ui|gui|(?:web|user) interface|portal|wizard|(?:admin|settings|control) (?:page|panel|area)|admin|grafana|kibana|datadog|pagerduty|opsgenie|alertmanager|jira|servicenow|jenkins|argo ?cd|spinnaker|octopus|teamcity|rancher|cloudflare|route ?53|vcenter|vsphere|github|gitlab|status ?page|launchdarkly|sentry|splunk|confluence|spreadsheet|calendar|data ?cent(?:er|re)|rack)';

/** What work is done in by hand. */
export const toolForHands = new RegExp(
  `\\b(?:in|on|from|via|through|using|at|into|with)\\s+(?:the |your |our |its )?(?:[^\\s,.;:]+ ){0,3}?${tool}(?![\\w/.-]*\\w)`,
);

/** The forms, by what they ask for; `gate` is of sentences that are no orders. */
export const byHandForms = { tells, acts, waits, apart, repeats, gate } as const;
