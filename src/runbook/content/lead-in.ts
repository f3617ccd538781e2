// Owns what the words right before a code block say that it is.

/** What a block is by the words before it, and whether they can mean nothing else. */
export interface LeadIn {
  readonly is: 'output' | 'file';
  readonly isCertain: boolean;
}

/** What a short phrase that names an output may begin with. */
const adjective =
  '(?:an?|the|this|its|your|some|example|sample|expected|typical|standard|healthy|resulting|similar|following|command|terminal|console|shell|good|bad|normal|correct|successful|success|partial|truncated|abbreviated|full|actual|program|script|test|query|server|client|error|log|final|first|second|possible|json|yaml|`[^`]+`)';
const place =
  '(?:\\s?\\([^)]*\\))?(?:\\s(?:of|from|for|is|are|in|on|when|after|would be|should be|will be|may be|looks?)\\b[^:：]{0,80})?\\s?[:：]?$';

const outputs: readonly RegExp[] = [
  new RegExp(`^(?:${adjective}[\\s-]){0,4}(?:outputs?|responses?|results?|stdout|stderr)${place}`),
  /\b(?:outputs?|responses?|results?|logs?|messages?|errors?)\b[^:：]{0,60}\b(?:looks?|appears?|reads?|resembles?|similar|as follows|shown below)\b[^:：]{0,40}[:：]$/,
  /\b(?:should|will|would|may|might|can|'ll)(?: now| then| also)? (?:see|get|receive|observe)\b[^:：]{0,100}\b(?:like|similar|outputs?|messages?|errors?|results?|logs?|tables?|responses?)\b[^:：]{0,60}[:：]$/,
  /\b(?:sample|example|expected|similar|following) (?:\w+ )?(?:outputs?|responses?|results?)\b[^:：]{0,80}[.:：]?$/,
  /(?:输出|结果|返回|显示|报错)(?:信息|内容|结果)?(?:类似|示例|样例|为|是|如|例|：|:|$)|(?:示例|预期|期望|样例)(?:输出|结果|返回)|(?:出力|結果|実行結果|表示)(?:例|：|:|$)|次のよう(?:に|な).{0,12}(?:表示|出力|結果)|例[:：]\s?出力|(?:출력|결과)(?:\s?예시|는|:|$)/,
];

const perhapsOutputs: readonly RegExp[] = [
  new RegExp(
    `^(?:${adjective}[\\s-]){0,4}(?:logs?|log (?:lines?|entr(?:y|ies)|messages?)|errors?|messages?|listing|alert|stack ?trace)${place}`,
  ),
  /\b(?:looks?|appear|read|be|is|are|something|anything) (?:something )?(?:like|similar to|as follows)\b[^:：]{0,60}[:：]$/,
  /\b(?:should|will|would|may|might|'ll)(?: now| then| also)? (?:see|get|receive|observe|find)\b[^:：]{0,100}[:：]$/,
  /\b(?:returns?|prints?|outputs?|displays?|reports?|produces?|yields?|responds?|answers?|shows?|gives?|results? in|is (?:printed|shown|displayed|returned))\b[^:：]{0,60}[:：]$/,
  /(?:如下|以下のとおり|다음과 같)[^:：]{0,12}[:：。]?$/,
];

/** A file by its name or its path. */
const fileName =
  '(?:`[^`]*(?:\\/|\\.[a-z]{1,7})[^`]*`|\\S*\\/\\S+|\\S+\\.(?:ya?ml|json|conf|toml|ini|cfg|env|sh|py|js|rb|service|tf|xml|properties|txt)|(?:config(?:uration)?|manifest|service|unit|env\\w*|yaml|json|script) file|file|crontab|fstab|\\.?\\w*(?:rc|profile))';

const files: readonly RegExp[] = [
  /^(?:the )?contents? of\b[^:：]*[:：]$/,
  new RegExp(
    `${fileName}[^:：]{0,60}\\bwith (?:the |this |these |its )?(?:following |below )?(?:contents?|lines?|configuration|settings?|values?|yaml|json|text|code)\\b[^:：]{0,40}[:：]$`,
  ),
  new RegExp(
    `\\b(?:add|append|put|paste|insert|place|include|copy)\\b[^:：]{0,60}\\b(?:to|in|into|at the (?:end|top|bottom) of|inside)\\b[^:：]{0,40}${fileName}[^:：]{0,30}[:：]$`,
  ),
  /^(?:in |from |inside )?(?:the |your )?(?:file )?`[^`\s]*\.[a-z]{1,7}`(?: file)?\s?[:：]$/,
  /(?:文件|配置)(?:的)?内容(?:为|如下|是)?|(?:添加|写入|保存)(?:到|至).{0,40}(?:文件|\.\w{2,5})|ファイル(?:の内容|に.{0,20}(?:追加|記述))/,
];

const perhapsFiles: readonly RegExp[] = [
  new RegExp(
    `\\b(?:create|edit|update|modify|change|open|save|write|make|add|configure|define|set)\\b[^:：]{0,60}${fileName}[^:：]{0,60}[:：]$`,
  ),
  new RegExp(`\\b(?:in|from|inside)\\b[^:：]{0,30}${fileName}\\s?[:：]$`),
];

/** Words that lead to commands, whatever else stands in their sentence. */
const leadsToCommand =
  /\b(?:run|running|ran|execute|executing|use|using|enter|type|typing|issue|invoke|via|by|try|do)\b[^.:：]{0,45}[:：]$|\b(?:following|these|below|next) (?:\S+ ){0,3}(?:commands?|steps?|scripts?|quer(?:y|ies))\b[^.:：]{0,60}[:：]?$|(?:命令|コマンド|명령)(?:如下|は以下のとおり)?(?:所示|です)?\s?[:：。]?$|\bcommands?(?: (?:are |is )?(?:displayed|shown|written|formatted|presented)?(?: ?like this| as follows)?)?\s?[:：]$|(?:以下|下面|如下|下列|次の)(?:的)?\S{0,6}(?:命令|コマンド)|(?:执行|运行|実行)[^:：]{0,30}[:：]$/;

/** A word that everything has which may name an output; most sentences have none, and the patterns are slow. */
const mayNameOutput =
  /output|response|result|stdout|stderr|logs?\b|message|error|like|similar|table|输出|结果|返回|显示|报错|出力|結果|表示|例|次のよう|출력|결과/;

/** Without any of these no file is named; the patterns that find one look at every letter. */
const mayNameFile = /[`/]|\.\w|file|crontab|fstab|rc\b|profile|文件|配置|ファイル|添加|写入|保存/;

/** What the words before a block say; `undefined` where they lead to commands, or to nothing in particular. */
export function readLeadIn(words: string): LeadIn | undefined {
  // In lower case, because patterns that are not to care take twice as long to be made ready.
  const sentence = lastSentence(words).toLowerCase();
  if (sentence === '' || sentence.length > 400) return undefined;
  const fits = (patterns: readonly RegExp[]) => patterns.some((pattern) => pattern.test(sentence));
  // First, because most words before a block do.
  const leads = leadsToCommand.test(sentence);
  const mayBeOutput = mayNameOutput.test(sentence);
  if (leads && !(mayBeOutput && namesOutput.test(sentence))) return undefined;
  if (mayBeOutput && fits(outputs)) return { is: 'output', isCertain: true };
  if (leads) return undefined;
  const mayBeFile = mayNameFile.test(sentence) || /contents? of/.test(sentence);
  if (mayBeFile && fits(files)) return { is: 'file', isCertain: true };
  if (mayBeFile && fits(perhapsFiles)) return { is: 'file', isCertain: false };
  return fits(perhapsOutputs) ? { is: 'output', isCertain: false } : undefined;
}

/** The phrase itself is that of an output: `Output of the following command:`. */
const namesOutput = new RegExp(
  `^(?:${adjective}[\\s-]){0,4}(?:outputs?|responses?|results?)\\b(?! (?:in|to|with))`,
);

function lastSentence(words: string): string {
  const flat = words
    .replace(/\s+/g, ' ')
    .replace(/\*\*|__|<[^>]*>/g, '')
    .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/^(?:[?!]{3}\+?|===!?) *\w* *"(.*)"$/, '$1')
    .replace(/^[\s>#*+-]+/, '')
    .trim();
  let from = 0;
  for (const { index } of flat.matchAll(/[.!?;](?=\s)|[。！？；]/g))
    if (index + 1 < flat.length) from = index + 1;
  return flat.slice(from).trim();
}

/** How far above a block its words are looked for, in UTF-16 code units. */
const reach = 2_000;

interface Stretch {
  readonly start: number;
  readonly end: number;
}

/**
 * The paragraph, list item or heading right above the line at `start`; empty where there is other code, or a table.
 * `regions`, in their order, are results that runs have written there, and no words of the author's.
 */
export function wordsBefore(text: string, start: number, regions: readonly Stretch[] = []): string {
  const above = textBefore(text, start, regions).split(/\r\n|\n|\r/);
  // A block that begins with its list item has no words of its own.
  if (!/^[ \t>]*$/.test(above.pop() ?? '')) return '';
  const found: string[] = [];
  for (const line of above.reverse()) {
    const written = line.replace(/^[ \t>]+|[ \t]+$/g, '');
    if (written === '' || /^(?:<!--.*-->|\{%.*%\}|\{\{[<%].*[%>]\}\})$/.test(written)) {
      if (found.length > 0) break;
      continue;
    }
    if (/^(?:`{3,}|~{3,}|\||<!--|-->)/.test(written)) break;
    // A heading is the words before a block only where no paragraph stands between them.
    if (found.length > 0 && /^#{1,6}\s/.test(written)) break;
    found.unshift(written);
    if (/^(?:#{1,6}\s|[-*+]\s|\d{1,9}[.)]\s)/.test(written)) break;
  }
  return found.join(' ');
}

function textBefore(text: string, start: number, regions: readonly Stretch[]): string {
  let low = 0;
  let high = regions.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((regions[middle]?.end ?? 0) <= start) low = middle + 1;
    else high = middle;
  }
  let found = '';
  for (let to = start; to > 0 && found.length < reach; low -= 1) {
    const region = regions[low - 1];
    found = text.slice(Math.max(region?.end ?? 0, to - reach), to) + found;
    to = region?.start ?? 0;
  }
  return found;
}
