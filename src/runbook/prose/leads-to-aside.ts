// Owns which sentences lead to commands that are shown and not meant to be run: how not to do it, how it was, what
// something else does.
import { fitsKeyed, type KeyedPattern, keyed } from '../../text/keyed-pattern.ts';

/** What the words before such commands say of them, to go on a sentence with. */
export interface Aside {
  readonly says: string;
  readonly patterns: readonly KeyedPattern[];
}

/** Somebody else than who follows the page, in what kind of team soever. */
const person =
  '(?:dbas?|(?:sys)?admin\\w*|[\\w-]*team|sres?|colleagues?|someone|somebody|managers?|owners?|on-?call|person|people|developers?|vendor|support|security|staff|peer)';

/** What runs commands by itself. */
const machinery =
  '(?:script|cron(?: ?job)?|pipeline|timer|job|playbook|ci|cd|automation|hook|operator|makefile|target|workflow|action|image|entrypoint|unit|argo ?cd|flux(?:cd)?|jenkins|github actions?|gitlab(?: ci)?|circleci|terraform|ansible|puppet|spinnaker|tekton|scheduler|controller|daemon|kubelet|logrotate|bot)';
const adverb = '(?:then|also|itself|just|simply|internally|already|automatically|now|later|only)';

const asides: readonly Aside[] = [
  {
    says: 'not to run it',
    patterns: [
      keyed(
        "not|never|avoid|n't|n’t",
        /^(?:(?:\w+[,:!] ?)?(?:please |you (?:should|must|can|may) )?(?:do not|don['’]t|never|must not|not|avoid|should not|shouldn['’]t|mustn['’]t)\b|under no circumstances\b).*[:：]$/,
      ),
      keyed(
        "not|never|n't|n’t",
        /^(?:\w+[,:!] ?)?(?:please )?(?:do not|don['’]t|never) (?:ever )?(?:run|use|execute|do|try|type|issue|call|enter|copy)\b.*\b(?:this|these|the following|below|it|them)\b/,
      ),
      keyed(
        '不要|请勿|切勿|禁止|ないで|してはいけ|마세요|마십시오',
        /^(?:请)?(?:不要|请勿|切勿|禁止).*[:：]$|(?:ないで(?:ください)?|してはいけません|してはならない)[。:：]?$|(?:하지 마(?:세요|십시오))[.:：]?$/,
      ),
    ],
  },
  {
    says: 'how not to do it',
    patterns: [
      keyed(
        'mistake|pitfall|wrong|incorrect|bad|anti|not |instead of|rather|fail|break|error|trap',
        /\b(?:common|frequent|typical|usual|classic) (?:mistake|error|pitfall|trap)s?\b.*[:：]$|^(?:the )?(?:wrong|incorrect|bad|anti-?pattern|not this|not like this|not good|not ok)\b[^.:：]{0,40}[:：]$|^(?:instead of|rather than)(?: this| that| the above)?\s?[:：]$|^(?:this|that|the (?:following|next)(?: command)?)\b[^.:：]{0,40}\b(?:will|would|does) (?:not work|fail|break)\b[^.:：]{0,40}[:：]$/,
      ),
      keyed('tempt', /\btempt(?:ed|ing) to\b[^.]*[:：]$/),
      keyed(
        '❌|✗|错误|誤|悪|잘못',
        /^[❌✗👎🚫]|^(?:错误|反例|不正确|誤った|間違った|悪い例|잘못된)[^:：]{0,20}[:：]?$/u,
      ),
    ],
  },
  {
    says: 'how it was done before',
    patterns: [
      keyed(
        'previously|formerly|past|used to|historically|originally|back then',
        /^(?:previously|formerly|historically|originally|in the past|back then)\b.*[:：]$|\b(?:we|you|one|it|they|people) (?:used to|had to|would have to)\b.*[:：]$/,
      ),
      keyed(
        'old|earlier|previous|legacy|prior|before|deprecated|obsolete',
        /\b(?:in|on|for|with|under|of) (?:an? |the )?(?:old|older|earlier|previous|legacy|pre-?\d\S*) (?:versions?|releases?|systems?|setups?|installations?|clusters?)\b.*[:：]$|\b(?:prior to|before) (?:version |release )?v?\d[\w.]*\b.*[:：]$|^(?:the )?(?:old|older|legacy|deprecated|obsolete|previous|former)\b[^.:：]{0,60}[:：]$|\b(?:is|are|has been|was) (?:now )?(?:deprecated|obsolete|superseded|no longer (?:needed|used|supported|required))\b.*[:：]$/,
      ),
      keyed(
        '以前|过去|旧|従来|이전|예전',
        /^(?:以前|过去|旧版|旧版本|早期版本|老版本|従来|以前は|旧バージョン|이전에는|예전에는|이전 버전)[^:：]{0,60}[:：。]?$/,
      ),
    ],
  },
  {
    says: 'to do it more than once',
    patterns: [
      keyed(
        'repeat',
        /^(?:then |now |and )?repeat\b[^.:：]{0,80}\b(?:each|every|all|other|others|remaining|rest)\b.*[:：]$/,
      ),
    ],
  },
  {
    says: 'what something else does',
    patterns: [
      keyed(
        'reference|information|comparison|completeness|record|context|fyi|hood|scenes|internally',
        /^(?:for (?:your |the )?(?:reference|information|comparison|completeness|record|context)|fyi|under the hood|behind the scenes|internally)\b.*[:：]$/,
      ),
      keyed(
        'equivalent|same as|short|alias|wrapper|expands',
        /\b(?:is|are|this is) (?:roughly |basically |just |simply )?(?:equivalent to|the same as|short(?:hand)? for|an alias (?:of|for)|a wrapper (?:for|around|of))\b[^.]*[:：]$|\bexpands to\b[^.]*[:：]$/,
      ),
      keyed(
        'this is|here is',
        /^(?:this|here) is (?:what|how)\b[^.]*\b(?:does|do|runs?|did|executes?|works?|looks?|calls?)\b.*[:：]$/,
      ),
      keyed(
        'does|runs|executes|calls|performs|will|would',
        new RegExp(
          `\\b${machinery} (?:${adverb} )*(?:runs?|does|executes|calls|performs|(?:will|would) (?:${adverb} )*(?:run|do|execute|call|perform))\\b[^.]*[:：]$`,
        ),
      ),
    ],
  },
  {
    says: 'that somebody else runs it',
    patterns: [
      keyed(
        'ask|have|get|tell|let|request|instruct',
        new RegExp(
          `^(?:\\w+,? )?(?:please )?(?:ask|have|get|tell|let|request|instruct) (?:\\S+ ){0,4}?(?:${person}|users?|customers?)\\b[^.:]*? (?:run|execute|issue|do|perform|apply|enter|type|start)\\b[^.]*[:：]$`,
        ),
      ),
      keyed(
        'run|execute|issue|perform|type|enter',
        new RegExp(
          `^(?:the|your|our|an?|another|somebody|someone)\\b(?: \\S+){0,4}? ${person}(?: \\S+){0,6}? (?:runs|executes|issues|performs|types|enters|(?:will|must|should|has to|have to|needs? to|can) (?:then |now |also )?(?:run|execute|issue|perform|type|enter))\\b[^.:]*[:：]$`,
        ),
      ),
    ],
  },
];

/** What the sentence that leads to a block says of it, in words that go on "the words before it say"; a sentence of any case. */
export function leadsToAside(sentence: string): string | undefined {
  const lower = sentence.toLowerCase();
  return asides.find(({ patterns }) => patterns.some((pattern) => fitsKeyed(pattern, lower)))?.says;
}
