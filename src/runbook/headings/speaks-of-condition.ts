// Owns which headings say that what stands below them is for a certain case, and not for every run.
import { isPrintableAscii } from '../../text/is-printable-ascii.ts';
import { segmentsOf } from './normalise-heading.ts';
import { speaksOfLater } from './speaks-of-later.ts';

/** What goes wrong, as it ends the beginning of a title: "when the upgrade …". */
const goesWrong =
  '(?:fail(?:s|ed|ing|ures?)?|breaks?|broken|goes wrong|gone wrong|went wrong|go wrong|does ?n[o ]?t|do ?n[o ]?t|did ?n[o ]?t|is ?n[o ]?t|are ?n[o ]?t|has ?n[o ]?t|cannot|can ?not|cant|won ?t|stuck|hangs?|hung|crash(?:es|ed)?|errors?|(?:is|are|goes|go) down|times? out|timed out|unhealthy|unreachable|unavailable|problems?|issues?|exceeded|(?:is|are|gets?|becomes?|runs?) (?:full|out))';

const opening = new RegExp(
  `^(?:(?:then|and|but|optional(?:ly)?) )?(?:if|in case|in the (?:event|case) of|unless|only (?:if|when|for|in)|(?:up)?on (?:failures?|errors?|problems?)|what if|what to do (?:if|when|in case)|should (?:the|your|an?|this|that|it|any(?:thing)?|something) .*${goesWrong}|when(?:ever)? .*\\b${goesWrong})\\b`,
);

/** What comes next where all is well is no condition. */
const allIsWell =
  /^(?:if|when(?:ever)?|once) (?:(?:successful|all well|ok)\b|(?:everything|all|it|that|this|the \S+)(?: \S+)? (?:(?:is|are|goes|looks?) (?:ok|okay|well|fine|good|correct|successful|as expected|green|healthy)|went|worked|succeed(?:s|ed)?|passes|passed)\b)/;

const need =
  '(?:needed|necessary|required|requested|applicable|appropriate|desired|wanted|relevant|available|possible|any)';

/** "Restart it if needed", "If needed, restart it". */
const whereNeeded = new RegExp(`(?:^| )(?:if|when|where|as) ${need}$|^(?:if|when|where|as) ${need}\\b`);

/** "Restart the node if it does not come back"; and what only finds out whether something is so. */
const behind =
  / (?:if|unless) (?:it|they|the|this|that|these|there|you|your|we|an?|any|no|not|still|using|only|nothing|something)\b/;
const findsOut =
  /\b(?:check(?:ing)?|see|verify(?:ing)?|test(?:ing)?|determin(?:e|ing)|decid(?:e|ing)|find(?:ing)? out|confirm(?:ing)?|ask(?:ing)?|know(?:ing)?|look(?:ing)?|inspect|validat(?:e|ing)|ensur(?:e|ing)|identify|detect(?:ing)?|assess|evaluate|monitor|watch|tell|as|even|what|show) if\b/;

/** "Optional: warm it up", "Warm it up — optional". */
const optional = /^optional(?:ly)?\b|(?:^| )optional$/;

/** "Staging only", "Linux only"; what is only read, or all that is copied, is no place. */
const onlyThere =
  /^(?:for |on |in )?(?!(?:set|make|mark|copy|dump|restore|back|run|switch|read|write|view|append|this|that|it)\b)(?:\S+ ){1,3}only$/;
const onlyAs = /(?:read|write|view|append|schema|data|metadata|local|internal|localhost) only$/;

/** What is shown so that nobody does it. */
const warnsOf =
  /^(?:do not|dont|never) (?:ever )?(?:use|run|do|try|execute|follow|apply|copy|perform)(?: (?:it|this|that|these|those|the following|below))?$|^(?:what|how) not to\b|^(?:the )?(?:wrong|bad) (?:way|example)s?$|^anti ?patterns?$|^common (?:mistakes|pitfalls)$/;

const work =
  '(?:upgrade|update|roll ?out|deployment|deploy|release|migration|cut ?over|fail ?over|switch ?over|maintenance|change|installation|install|procedure|process|operation|restore|rotation|restart|job|run|work)s?';

/** What is only done when something has gone wrong with the work. */
const ofTrouble: readonly RegExp[] = [
  /^(?:recover(?:ing|y)?|restor(?:e|ing)|resum(?:e|ing)|continu(?:e|ing)) (?:from|after) .*\b(?:fail(?:ed|ures?)|crash(?:ed|es)?|errors?|outage|corruption|interrupted|aborted|problems?)\b/,
  /^(?:recover|repair|fix|rescue|replac)(?:e|ing)? (?:an? |any |the )?(?:failed|broken|crashed|corrupt(?:ed)?|damaged|lost|dead) /,
  /^(?:handl(?:e|ing)|deal(?:ing)? with) .*\b(?:failures?|errors?|exceptions|problems?|conflicts?|issues?)$/,
  /^(?:error|failure|exception|conflict)s? (?:handling|recovery|scenarios?|cases?)$/,
  /^(?:procedures?|steps|instructions|actions|plan|what to do) (?:for|after|on|upon|in case of) .*\b(?:fail(?:ed|ing|ures?)?|broken|errors?|crash(?:ed)?|problems?|outage|botched|bad)\b/,
  /^emergency(?: (?:stop|shut ?down|exit|abort|halt|override)\b.*)?$/,
  /^disaster recovery\b/,
  /^(?:start(?:ing)? over|(?:start|retry)(?:ing)? (?:again )?from scratch)$/,
  /^(?:how to |to )?abort(?:ing)?(?: \S+){0,4}$/,
  new RegExp(
    `^(?:how to |to )?(?:cancel|call(?:ing)? off|halt)(?:l?ing)?(?: (?:the|this|your|an?|whole|entire|running|ongoing))*(?: (?:\\S+ )?${work})?$`,
  ),
];

/** A page that is about what has gone wrong. */
const aboutTrouble =
  /abort|cancel|halt|stop|bad\b|fail|error|crash|outage|incident|recover|restor|corrupt|problem|issue|troubleshoot|debug|down\b|unavailab|unreachable|alert|broken|stuck|full\b|high|slow|emergency|disaster|故障|障害|异常|異常|エラー|장애|오류|应急|復旧|恢复|복구/;

/** Whether a page, by its title, normalised, is about what has gone wrong: what mends it are its steps. */
export function isAboutTrouble(subject: string): boolean {
  return aboutTrouble.test(subject);
}

const eastern =
  /^(?:如果|若|万一|假如|もし|万が一|만약|만일)|(?:失败|失敗|异常|異常|出错|报错|エラー|故障|障害|問題|问题)(?:时|時|后|的?情况下?|的?情況|した|の|が(?:出た|発生した|起きた)|が?ある)?(?:场合|場合|とき|時|时)$|場合(?:は|の.*)?$|(?:失败|失敗|出错|报错|エラー|異常)(?:时|時)?の?(?:的?处理|的?處理|対応|対処|对策)$|(?:실패|오류|장애|문제)(?:가)? ?(?:발생)? ?(?:시|할 경우|하면|때)$|경우(?:에는)?$|(?:[（(]|^)(?:如有|仅当|必要な場合|必要に応じて|필요 ?시|需要时|按需|如需)/;

/** How titles in other languages of Europe begin that are for a case. */
const european =
  /^(?:optional[: ]|falls (?!back|through|under|into|below|behind|on\b)|wenn |sofern |im falle?|im fehlerfall|bei (?:problem|fehler|bedarf|störung|ausfall)|si (?!unit)|en cas |au cas où|s il |sil |facultatif|en option|si es necesario|en caso de|cuando (?:falla|no)|opcional|em caso de|se (?!linux)|caso |quando falha|in caso di|qualora |facoltativ|als (?!o\b)|indien |bij (?:problem|fout|storing)|in geval van|optioneel|jeśli |jeżeli |w razie|w przypadku|opcjonalnie|если |в случае|при (?:ошибк|сбо|необходимости|проблем|неудач)|опционально|необязательно)/;

/** "(if needed)" and "if needed" at the end, and "(optional)", in other languages. */
const whereNeededElsewhere =
  /(?:^|[\s(（])(?:si (?:nécessaire|besoin|requis|applicable|(?:es )?necesario|procede|aplica)|le cas échéant|(?:falls|wenn) (?:nötig|notwendig|erforderlich|vorhanden|gewünscht)|bei bedarf|gegebenenfalls|ggf\.?|se (?:necessário|necessario|preciso)|indien nodig|jeśli (?:to )?(?:konieczne|potrzebne)|если (?:нужно|необходимо|требуется|есть)|при необходимости)[\s)）:：]*$/;
const optionalElsewhere =
  /^(?:optionn?ell?(?:e|es)?|opcional(?:es)?|opzional[ei]|facultati(?:f|ve|fs|ves|vo|va)|facoltativ[oa]|optioneel|opcjonaln\S*|необязательн\S*|опциональн\S*|по желанию|可选|可選|选做|选读|任意|オプション|省略可|선택(?: ?사항)?)$/;

/** Without any of these in lower case, no title in ASCII speaks of a case; most have none. */
const mayBe =
  /\b(?:if|unless|when|case|event|should|upon|on|where|as|only|not|never|dont|don['’]t|wrong|bad|anti|mistakes|pitfalls|procedure|after|later|next|following|tomorrow|day|week|month|hour|end of|once|in |wait|future|fail|error|crash|outage|corrupt|interrupt|abort|problem|conflict|issue|exception|broken|damaged|lost|dead|emergency|disaster|over|scratch|cancel|call|halt|falls |wenn |sofern |im f|bei |si |en ca|au cas|facult|en opt|cuando |opcional|em caso|se |caso |quando |in caso|qualora |facolt|als |indien |bij |in geval|option|opzion|gegeben|ggf|w raz|w przyp|opcjon)/;

/**
 * True for a heading of what is done only in a certain case: when something fails, where it is needed, in an
 * emergency. `subject` is the title of the page, normalised; "Recovering from a failure" is no special case of a page
 * about failures.
 */
export function speaksOfCondition(title: string, subject: string): boolean {
  const lower = title.toLowerCase();
  const isAscii = isPrintableAscii(title);
  if (isAscii && !mayBe.test(lower)) return false;
  const words = lower
    .replace(/^[\d.)\s]+/, '')
    .replace(/^(?:schritt|étape|paso|passo|stap|krok|шаг) \d+[.:)]? /, '');
  if (european.test(words) || whereNeededElsewhere.test(words)) return true;
  if (!isAscii && eastern.test(lower.replace(/^[\d０-９.、)）\s]+|[\s:：]+$/g, ''))) return true;
  const brackets = /[(（]([^()（）]*)[)）]\s*$/.exec(lower)?.[1]?.trim() ?? '';
  return (
    opening.test(brackets) ||
    whereNeeded.test(brackets) ||
    optional.test(brackets) ||
    optionalElsewhere.test(brackets) ||
    european.test(brackets) ||
    segmentsOf(title).some((segment) => isForCase(segment, subject))
  );
}

function isForCase(segment: string, subject: string): boolean {
  // "Once all has worked for a week" is not now, however well it goes.
  if (speaksOfLater(segment)) return true;
  if (allIsWell.test(segment)) return false;
  return (
    opening.test(segment) ||
    whereNeeded.test(segment) ||
    optional.test(segment) ||
    (onlyThere.test(segment) && !onlyAs.test(segment)) ||
    warnsOf.test(segment) ||
    (behind.test(segment) && !findsOut.test(segment)) ||
    (!aboutTrouble.test(subject) && ofTrouble.some((one) => one.test(segment)))
  );
}
