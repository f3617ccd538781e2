// Owns which headings speak of going back: by their verb, whatever it acts on.

/** Verbs of going back in the forms that headings use, hyphens taken off. */
const verb =
  '(?:roll(?:s|ed|ing)? ?backs?|revert(?:s|ed|ing)?|undo(?:es|ing)?|back(?:s|ed|ing)? ?outs?|fail(?:s|ed|ing)? ?backs?|fall(?:s|ing)? ?backs?|(?:go|going|switch|switching|return|returning) back|downgrad(?:e|es|ed|ing))';

/** Forms that are nouns as well, so that what stands behind them may be what they qualify. */
const noun = '(?:rollbacks?|roll back|backout|back out|failback|fail back|downgrade)';

const lead =
  '(?:(?:how to|to|then|finally|optional|optionally|emergency|manual|manually|automatic|automatically|quick|quickly|immediate|immediately|full|complete|partial) )*';

const startsWithVerb = new RegExp(`^${lead}(${verb})(?: (.*))?$`);

/** What makes a procedure of the noun before it. */
const procedure =
  '(?:plans?|procedures?|steps?|instructions?|process|processes|strategy|actions?|guide|checklist|commands?|runbook|playbook|options?|scenarios?|path|method)';

const endsWithNoun = new RegExp(`^(?:(.*) )?${noun}(?: ${procedure})?$`);

/** Words that lead to the verb of what is done. */
const asksFor = new RegExp(
  `^(?:if|in case|when|should|steps?|procedures?|instructions?|commands?|plans?|how|options?|what|emergency)\\b.*\\b${verb}\\b`,
);

const joined = new RegExp(`(?: and| or|,) ${verb}\\b`);

const behindFallback = new RegExp(`^(?:to|from|if|when|${procedure})\\b`);

const toTheOld =
  /^(?:restor(?:e|ing)|return(?:ing)? to|back to|reset(?:ting)? to|reinstat(?:e|ing)) (?:the |your |its |their )?(?:previous|old|original|prior|former|earlier|last known good|last good)\b/;

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

const stems =
  /back|revert|undo|downgrad|restor|return|reset|reinstat|回|撤|降|ロール|切|ダウン|フェイル|롤백|원복|되돌|다운/;

/**
 * Whether one part of a heading, normalised, opens a way back. `mixed` is work and the way back in one heading, as
 * "Upgrade and rollback" is.
 */
export function speaksOfUndo(segment: string): 'undo' | 'mixed' | undefined {
  if (!stems.test(segment)) return undefined;
  const started = startsWithVerb.exec(segment);
  if (started !== null) return isReallyUndo(started[1] ?? '', started[2] ?? '') ? 'undo' : undefined;
  if (toTheOld.test(segment) || (asksFor.test(segment) && !describes.test(segment))) return 'undo';
  const ended = endsWithNoun.exec(segment);
  if (ended !== null) {
    const before = ended[1] ?? '';
    if (/(?:^| )(?:and|or|with|及|then)$/.test(before)) return 'mixed';
    return /(?:^| )(?:no|not|without|of|about|vs|versus|before|never|than)$/.test(before)
      ? undefined
      : 'undo';
  }
  if (joined.test(segment)) return 'mixed';
  if (!eastern.test(segment) || easternDescribes.test(segment)) return undefined;
  return easternJoins.test(segment) ? 'mixed' : 'undo';
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
