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

/** A file, and no folder and no host: by its ending, by what it is called, or by where it lies. */
const sureFile =
  '(?:(?<!\\S)(?:`(?![^`]*\\.(?:com|org|net|io|dev|internal)`)[^`\\s:]*(?:\\.[a-z][a-z0-9]{0,9}|crontab|fstab|(?:docker|make|jenkins)file)`|`(?:\\/etc|\\/usr(?:\\/local)?\\/s?bin|\\/lib\\/systemd|~\\/\\.)[^`\\s:]*[^`\\s:\\/]`|(?!(?:node|vue|next|nuxt|react|express|ember|d3)\\.js)[^\\s:]+\\.(?:ya?ml|json|conf|toml|ini|cfg|env|sh|bash|py|js|rb|service|timer|tf|xml|properties)))(?![\\w/])';
/** What holds commands and is run by something else: nobody types them. */
const otherRunner =
  '(?:(?:ci|cd|ci\\/cd|build|deploy\\w*|release|github|gitlab|jenkins) )?(?:pipelines?|workflows?|actions|ci|jenkinsfile|dockerfile|makefile)|cron(?: ?jobs?|tab)?|(?:systemd )?(?:unit|timer|service file)|user[- ]?data|cloud-init|entrypoint|(?:\\S+ )?hooks?|(?:shell |bash |zsh |login )?(?:profile|startup file)|playbook|init container';

/** What leads to what something else runs, also where it says to use it. */
const otherRunners: readonly KeyedPattern[] = [
  keyed(
    'this|these|it|following|below|script|command|snippet|line',
    new RegExp(
      `\\b(?:put|add|paste|place|drop|include|insert|copy|save|use|schedule)\\b[^:：]{0,20}\\b(?:this|these|it|following|below|scripts?|commands?|snippets?|lines?)\\b[^:：]{0,30}\\b(?:to|in|into|inside|as|with|via|from)\\b (?:an? |the |your |our )?(?:\\S+ ){0,2}?(?:${otherRunner})[^:：]{0,20}[:：]$`,
    ),
  ),
  keyed(
    'hook|cron|probe',
    /^(?:then |next,? |and |now )?(?:configure|define|set|set up|add|create|write|register)\b[^:：]{0,30}(?<!\w)(?:hooks?|cron ?jobs?|cron entr(?:y|ies)|(?:liveness|readiness|startup) ?probes?)`?(?: [^:：]{0,30})?\s?[:：]$/,
  ),
];

/** What leads to the content of a file though all of it may be commands. */
const likelyFiles: readonly KeyedPattern[] = [
  keyed(
    'save|write|store|keep',
    new RegExp(
      `\\b(?:save|write|store|keep) (?:(?:(?:this|these|it|that|all of it|(?:the )?(?:following|script|code|snippet|contents?|text|lines?|below)\\b)[^:：]{0,30} )?(?:to|in|into|as|at|under) [^:：]{0,30}(?:${fileName}|\\bscript\\b)|[^:：]{1,40} (?:to|in|into|as|at|under) ${sureFile})[^:：]{0,30}[:：]$`,
    ),
  ),
  keyed(
    'create|make|add|write',
    new RegExp(
      `\\b(?:create|make|add|write) (?:an? |the |another |your )?(?:\\w+ ){0,3}(?:(?:named|called|at|in) )?${sureFile}(?: (?:file|script))?[^:：]{0,20}[:：]$`,
    ),
  ),
  keyed(
    'edit|update|modify|open|change|populate|fill|configure|define',
    new RegExp(
      `\\b(?:edit|update|modify|open|change|populate|fill|configure|define) (?:in )?(?:the |your )?(?:file )?${sureFile}(?: file)?(?: (?:as follows|like this|like so|with this|so that it (?:reads|says|holds|contains|looks like this)))?\\s?[:：]$`,
    ),
  ),
  keyed(
    'contain|hold|include|have|look|read|be ',
    new RegExp(
      `${sureFile}[^:：]{0,40}\\b(?:(?:should|must|has to|needs to|ought to|will) (?:then |now )?(?:contain|hold|include|have|look|read|be)|contains|holds|reads)\\b[^:：]{0,40}[:：]$`,
    ),
  ),
  keyed('in', new RegExp(`^(?:in|inside) (?:the |your )?(?:file )?${sureFile}(?: file)?\\s?[:：]$`)),
  // A file by its name alone, as above a listing.
  keyed('.|/|file|tab', new RegExp(`^${sureFile}\\s?[:：]?$`)),
  keyed(
    'speicher|schreib|erstell|enregistr|crée|ajout|guard|crea|cree|añad|salv|crie|adicion|aggiung|sauvegard|zapisz|сохран|созда|добав|opslaan|sla ',
    new RegExp(
      `(?:^|\\s)(?:speicher|schreib|erstell|enregistr|crée|ajout|guard|crea|cree|añad|salv|crie|adicion|aggiung|sauvegard|zapisz|сохран|созда|добав|opslaan|sla )[^:：]{0,80}${sureFile}[^:：]{0,30}[:：]$`,
    ),
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
export const leadInPatterns = { outputs, perhapsOutputs, files, otherRunners, likelyFiles, perhapsFiles };
