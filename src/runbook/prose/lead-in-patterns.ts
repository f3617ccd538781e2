// Owns the patterns of sentences, in lower case, that lead to an output or to the content of a file.
import { type KeyedPattern, keyed } from '../../text/keyed-pattern.ts';

/** What leads to an output. */
const outputs: readonly KeyedPattern[] = [
  keyed(
    'look|appear|read|resemble|similar|as follows|shown below',
    /\b(?:outputs?|responses?|results?|logs?|messages?|errors?)\b[^:：]{0,60}\b(?:looks?|appears?|reads?|resembles?|similar|as follows|shown below)\b[^:：]{0,40}[:：]$/,
  ),
  keyed(
    'see|get|receive|observe',
    /\b(?:should|will|would|may|might|can|'ll)(?: now| then| also)? (?:see|get|receive|observe)\b[^:：]{0,100}\b(?:like|similar|outputs?|messages?|errors?|results?|logs?|tables?|responses?)\b[^:：]{0,60}[:：]$/,
  ),
  keyed(
    'sample|example|expected|similar|following',
    /\b(?:sample|example|expected|similar|following) (?:\w+ )?(?:outputs?|responses?|results?)\b[^:：]{0,80}[.:：]?$/,
  ),
  keyed(
    'ausgabe|sortie|résultat|salida|resultado|saída|uitvoer|wynik|вывод|результат',
    /(?:ausgabe|sortie|résultat|salida|resultado|saída|uitvoer|wynik|вывод|вывода|результат)(?: attendu| attendue| esperado| esperada)?\s?[:：]$/,
  ),
  keyed(
    '输出|结果|返回|显示|报错|出力|結果|表示|次のよう|출력|결과',
    /(?:输出|结果|返回|显示|报错)(?:信息|内容|结果)?(?:类似|示例|样例|为|是|如|例|：|:|$)|(?:示例|预期|期望|样例)(?:输出|结果|返回)|(?:出力|結果|実行結果|表示)(?:例|：|:|$)|次のよう(?:に|な).{0,12}(?:表示|出力|結果)|例[:：]\s?出力|(?:출력|결과)(?:\s?예시|는|:|$)/,
  ),
];

/** What leads to an output, or to something else. */
const perhapsOutputs: readonly KeyedPattern[] = [
  keyed(
    'like|similar to|as follows',
    /\b(?:looks?|appear|read|be|is|are|something|anything) (?:something )?(?:like|similar to|as follows)\b[^:：]{0,60}[:：]$/,
  ),
  keyed(
    'see|get|receive|observe|find',
    /\b(?:should|will|would|may|might|'ll)(?: now| then| also)? (?:see|get|receive|observe|find)\b[^:：]{0,100}[:：]$/,
  ),
  keyed(
    'return|print|output|display|report|produce|yield|respond|answer|show|give|result',
    /\b(?:returns?|prints?|outputs?|displays?|reports?|produces?|yields?|responds?|answers?|shows?|gives?|results? in|is (?:printed|shown|displayed|returned))\b[^:：]{0,60}[:：]$/,
  ),
  keyed('如下|以下のとおり|다음과 같', /(?:如下|以下のとおり|다음과 같)[^:：]{0,12}[:：。]?$/),
];

/** A file by its name or its path. */
const fileName =
  '(?:`[^`]*(?:\\/|\\.[a-z]{1,7})[^`]*`|\\S*\\/\\S+|\\S+\\.(?:ya?ml|json|conf|toml|ini|cfg|env|sh|py|js|rb|service|tf|xml|properties|txt)|(?:config(?:uration)?|manifest|service|unit|env\\w*|yaml|json|script) file|file|crontab|fstab|\\.?\\w*(?:rc|profile))';

/** What leads to the content of a file. */
const files: readonly KeyedPattern[] = [
  keyed('content', /^(?:the )?contents? of\b[^:：]*[:：]$/),
  keyed(
    'with ',
    new RegExp(
      `${fileName}[^:：]{0,60}\\bwith (?:the |this |these |its )?(?:following |below )?(?:contents?|lines?|configuration|settings?|values?|yaml|json|text|code)\\b[^:：]{0,40}[:：]$`,
    ),
  ),
  keyed(
    'add|append|put|paste|insert|place|include|copy',
    new RegExp(
      `\\b(?:add|append|put|paste|insert|place|include|copy)\\b[^:：]{0,60}\\b(?:to|in|into|at the (?:end|top|bottom) of|inside)\\b[^:：]{0,40}${fileName}[^:：]{0,30}[:：]$`,
    ),
  ),
  keyed('`', /^(?:in |from |inside )?(?:the |your )?(?:file )?`[^`\s]*\.[a-z]{1,7}`(?: file)?\s?[:：]$/),
  keyed(
    '文件|配置|添加|写入|保存|ファイル',
    /(?:文件|配置)(?:的)?内容(?:为|如下|是)?|(?:添加|写入|保存)(?:到|至).{0,40}(?:文件|\.\w{2,5})|ファイル(?:の内容|に.{0,20}(?:追加|記述))/,
  ),
];

/** What leads to the content of a file, or to what changes it. */
const perhapsFiles: readonly KeyedPattern[] = [
  keyed(
    'create|edit|update|modify|change|open|save|write|make|add|configure|define|set',
    new RegExp(
      `\\b(?:create|edit|update|modify|change|open|save|write|make|add|configure|define|set)\\b[^:：]{0,60}${fileName}[^:：]{0,60}[:：]$`,
    ),
  ),
  keyed('in|from', new RegExp(`\\b(?:in|from|inside)\\b[^:：]{0,30}${fileName}\\s?[:：]$`)),
];

/** By what they say that the block is. */
export const leadInPatterns = { outputs, perhapsOutputs, files, perhapsFiles };
