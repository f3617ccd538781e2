// Owns which headings speak of going back: by their verb, whatever it acts on.

/** Verbs of going back in the forms that headings use, hyphens taken off. One pattern, since it takes long to set up. */
const verb =
  /\b(?:roll(?:s|ed|ing)? ?backs?|revert(?:s|ed|ing)?|undo(?:es|ing)?|back(?:s|ed|ing)? ?outs?|fail(?:s|ed|ing)? ?backs?|fall(?:s|ing)? ?backs?|(?:go|going|switch|switching|return|returning) back|downgrad(?:e|es|ed|ing))\b/g;

/** Forms that are nouns as well, so that what stands behind them may be what they qualify. */
const noun = '(?:rollbacks?|roll back|backout|back out|failback|fail back|downgrade)';

const lead =
  /^(?:(?:how to|to|then|finally|optional|optionally|emergency|manual|manually|automatic|automatically|quick|quickly|immediate|immediately|full|complete|partial) )+/;

/** What makes a procedure of the noun before it. */
const procedure =
  '(?:plans?|procedures?|steps?|instructions?|process|processes|strategy|actions?|guide|checklist|commands?|runbook|playbook|options?|scenarios?|path|method)';

const endsWithNoun = new RegExp(`(?:^| )${noun}(?: ${procedure})?$`);

/** Words that lead to the verb of what is done. */
const asksFor =
  /^(?:if|in case|when|should|steps?|procedures?|instructions?|commands?|plans?|how|options?|what|emergency)\b/;

const joins = /(?: and| or|,) $/;

const behindFallback = new RegExp(`^(?:to|from|if|when|${procedure})\\b`);

const backTo =
  /^(?:restor(?:e|ing)|return(?:ing)? to|back to|reset(?:ting)? to|reinstat(?:e|ing)|re ?deploy(?:ing)?|re ?install(?:ing)?) /;
/** "Back to 1.9", "Move back to v2". */
const backToVersion =
  /^(?:how to )?(?:(?:go|get|move|come|switch|chang|flip)\w* back to|back to|(?:reset|return|revert)(?:ting|ing)? to) (?:(?:version|release|tag|build) )?v?\d+(?:\.\d[\w.]*|$)/;
const theOld =
  /^(?:the |your |its |their )?(?:previous|old|original|prior|former|earlier|last known good|last good)\b/;

const oldOne = '(?:the |your |its |their )?(?:previous|old|original|prior|former|earlier)';

/** What only describes or configures going back. */
const describes =
  /(?:^| )(?:types?|posture|polic(?:y|ies)|pipelines?|lessons?|support|supported|metrics?|history|concepts?|개념|design|architecture|considerations?|criteria|triggers?|conditions?|requirements?|windows?|tests?|testing|events?|alerts?|settings?|configuration|modes?|fonts?|languages?|values?|dns)$/;

/** Where somebody goes back to on a screen or in a shell, which undoes nothing. */
const elsewhere =
  /(?:^| )(?:page|tab|terminal|window|browser|console|portal|dashboard|menu|screen|shell|folder|directory|step|steps|branch|main|master|home|virtual environment|virtualenv|project|repository|editor|app|application)$/;

/** How titles in Chinese, Japanese and Korean say it; a few of them only name or explain it. */
const eastern =
  /回滚|回退|ロールバック|切り戻|切戻|ダウングレード|フェイルバック|롤백|원복|되돌리|다운그레이드|^降级(?!策略|服务)|版本降级|^撤销(?:变更|操作|部署|更改|修改)/;
const easternDescribes =
  /(?:原理|机制|介绍|概念|记录|日志|配置|策略说明|とは|仕組み|設定|개념|정책|설정|이란)$|段$/;
const easternJoins = /\S(?:和|与|及|、|・|と|및|과 |와 )\s?\S/;

/** How titles in other languages of Europe say it, whatever it acts on. */
const european =
  /rückgängig|(?<!\p{L})zurück(?:ge|zu)?roll|(?<!\p{L})rückroll|(?<!\p{L})(?:revenir en|retour(?: en)?) arrière|(?<!\p{L})revert(?:ir|er|iendo|endo)(?!\p{L})|(?<!\p{L})revers(?:ión|ão)(?!\p{L})|(?<!\p{L})(?:deshac|desfaz)|(?<!\p{L})annull(?:are|amento) (?:le|la|il) (?:modific|rilasci|aggiornament)|(?<!\p{L})terug(?:draai|roll)|(?<!\p{L})ongedaan|(?<!\p{L})(?:wycof|cofni)|(?<!\p{L})откат/u;

/** Words of an old version in them, which may be a way back. */
const europeanOld =
  /(?<!\p{L})(?:alten?|vorherigen?|letzten?) (?:version|stand)|version précédente|versi(?:ón|one) (?:anterior|precedente)|versão anterior|(?:vorige|oude) versie|poprzedni\p{L}* wersj|(?:предыдущ|стар)\p{L}+ верси|^(?:ripristino|przywr\p{L}+|terugzetten|zurücksetzen)$/u;

/** What every title that `speaksOfUndo` and that is in ASCII has in one of its words, without what is no letter. */
export const undoLetters =
  /back|revert|undo|downgrad|restor|return|reset|reinstat|deploy|install|terug|ongedaan|wycof|revenir|tornare|annull|volver|voltar|alte|ripristin|przywr/;

const stems = new RegExp(
  `${undoLetters.source}|回|撤|降|ロール|切|ダウン|フェイル|롤백|원복|되돌|다운|rück|arrière|précédent|reversi|revers|deshac|desfaz|versión|versão|cofni|poprzedni|откат|верн|верси|отмен`,
);

/**
 * Whether one part of a heading, normalised, opens a way back. `mixed` is work and the way back in one heading, as
 * "Upgrade and rollback" is.
 */
export function speaksOfUndo(segment: string): 'undo' | 'mixed' | undefined {
  if (!stems.test(segment)) return undefined;
  const verbs = [...segment.matchAll(verb)];
  const [led = ''] = lead.exec(segment) ?? [];
  const started = verbs.find(
    ({ 0: form, index }) => index === led.length && /^(?: |$)/.test(segment.slice(index + form.length)),
  );
  if (started !== undefined) {
    const [form] = started;
    return isReallyUndo(form, segment.slice(led.length + form.length + 1)) ? 'undo' : undefined;
  }
  if (goesToTheOld(segment)) return 'undo';
  if (verbs.length > 0 && asksFor.test(segment) && !describes.test(segment)) return 'undo';
  const ended = endsWithNoun.exec(segment);
  if (ended !== null) {
    const before = segment.slice(0, ended.index);
    if (/(?:^| )(?:and|or|with|及|then)$/.test(before)) return 'mixed';
    return /(?:^| )(?:no|not|without|of|about|vs|versus|before|never|than)$/.test(before)
      ? undefined
      : 'undo';
  }
  if (verbs.some(({ index }) => joins.test(segment.slice(0, index)))) return 'mixed';
  if (european.test(segment)) return 'undo';
  if (!eastern.test(segment) || easternDescribes.test(segment)) return undefined;
  return easternJoins.test(segment) ? 'mixed' : 'undo';
}

function goesToTheOld(segment: string): boolean {
  const [led] = backTo.exec(segment) ?? [];
  return (led !== undefined && theOld.test(segment.slice(led.length))) || backToVersion.test(segment);
}

/** Words for going back that are work of their own elsewhere: the old disk is put back in, a copy is restored. */
const perhaps: readonly RegExp[] = [
  new RegExp(
    `^(?:how to |to )?(?:put(?:ting)? ${oldOne} .*\\bback\\b|(?:bring(?:ing)?|put(?:ting)?|tak(?:e|ing)) back ${oldOne}\\b|(?:get|getting|com(?:e|ing)|mov(?:e|ing)) back to ${oldOne}\\b)`,
  ),
  /^(?:how to |to )?(?:revers(?:e|ing)|unwind(?:ing)?|withdraw(?:ing)?)(?: (?:the|this|these|your|all|of))* (?:\S+ )?(?:changes?|migrations?|upgrade|update|deployment|roll ?out|release|cut ?over|switch ?over|fail ?over|move|steps?|procedure|operation)$/,
];
/** What is moved away for some work comes back behind it, as a step: "Move the traffic back". */
const movesBack =
  /^(?:how to |to )?(?:switch|shift|mov|point|rout|flip|cut|swap|send|redirect|direct|fail)\w*(?: \S+){0,4} back(?: (?:to|onto|over)\b.*)?$/;
const usesTheOld: readonly RegExp[] = [
  new RegExp(
    `^(?:how to |to )?(?:re ?)?(?:point|rout|direct|redirect|send|switch|shift|mov|flip|cut)\\w* (?:\\S+ ){0,5}?to ${oldOne}\\b`,
  ),
  new RegExp(
    `^(?:how to |to )?(?:re ?)?(?:start|enabl|activat)(?:e|ing)?(?: up)? ${oldOne} .*\\b(?:again|back|up)\\b`,
  ),
  new RegExp(
    `^(?:how to |to )?(?:deploy|install|activat|re ?activat|re ?enabl|re ?appl)(?:e|y|ing|ying)? ${oldOne} `,
  ),
];

/**
 * Whether a part of a heading, normalised, brings back what was there before: the old one that the page has replaced, or
 * what was `moved` away.
 */
export function bringsBack(segment: string): 'old' | 'moved' | undefined {
  if (
    /old|previous|original|prior|former|earlier/.test(segment) &&
    usesTheOld.some((one) => one.test(segment))
  )
    return 'old';
  return segment.includes('back') && movesBack.test(segment) ? 'moved' : undefined;
}

const ofCopies =
  /^(?:how to |to )?restor(?:e|ing)(?: \S+){0,4}? (?:(?:from|using|with) )?(?:the |a |an |your |last |latest |previous |earlier )*(?:backups?|snapshots?|dumps?|savepoints?)$/;
/** A page that brings something forward, and takes no copy somewhere else. */
const bringsForward = /\b(?:upgrad|updat|patch|deploy|releas|install|chang|configur|rotat|renew|resiz|scal)/;
const usesCopies =
  /restor|recover|migrat|clon|mov|cop(?:y|ies)|refresh|backup|back up|drill|test|seed|import|replica|standby|rebuild|snapshot/;

/**
 * Whether one part of a heading, normalised, may be a way back, which nobody can tell by it alone; `subject` is the title
 * of the page, normalised.
 */
export function mayUndo(segment: string, subject: string): boolean {
  if (stems.test(segment) && europeanOld.test(segment) && !europeanOld.test(subject)) return true;
  return (
    /back|revers|unwind|withdraw|restor/.test(segment) &&
    (perhaps.some((one) => one.test(segment)) ||
      (ofCopies.test(segment) && bringsForward.test(subject) && !usesCopies.test(subject)))
  );
}

function isReallyUndo(form: string, rest: string): boolean {
  if (rest === '') return true;
  if (describes.test(rest) || /^(?:is|are|was|vs|versus|개념)\b/.test(rest)) return false;
  if (/^(?:go|going|switch|switching|return|returning) back$/.test(form)) return !elsewhere.test(rest);
  if (/^back/.test(form)) return !elsewhere.test(rest);
  // "Fallback DNS" is a server, "Fallback to the old server" an undo.
  if (form === 'fallback' || form === 'fallbacks') return behindFallback.test(rest);
  return true;
}
