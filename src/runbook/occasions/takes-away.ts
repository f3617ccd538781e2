// Owns which headings and sentences take something away that a page may have built before.

import { fitsKeyed, type KeyedPattern, keyed } from '../../text/keyed-pattern.ts';
import { wordsOf } from '../../text/words-of.ts';
import { normaliseHeading } from '../headings/normalise-heading.ts';

/** What a heading takes away. */
export interface TakenAway {
  /** Words of the object, singular; empty where the verb stands alone. */
  readonly objects: readonly string[];
}

const verb =
  /^(?:(?:how to|to|optional|optionally|finally) )*(?:delet(?:e|ing)|remov(?:e|ing)|uninstall(?:ing|ation)?|destroy(?:ing)?|tear(?:ing)? ?down|teardown|decommission(?:ing)?|shut(?:ting)? ?down|(?:shut(?:ting)?|tear(?:ing)?|tak(?:e|ing)) (?:it|them|everything|all of it) down|stop(?:ping)? (?:it|them|everything|all of it)|turn(?:ing)? (?:it|them|everything) off(?: again)?|unban(?:ning)?|unblock(?:ing)?|purg(?:e|ing)|dismantl(?:e|ing)|de ?provision(?:ing)?|offboard(?:ing)?|terminat(?:e|ing)|drop(?:ping)?|clean(?:ing)?(?: up)?|terraform destroy)(?: (.*))?$/;
const eastern =
  /^(?:删除|卸载|销毁|下线|移除|清理|停用)(.*)$|^(.*?)(?:の|を)?(?:削除|アンインストール|撤去|삭제|제거|해제)(?:する)?$/;

/** What was there before the page, or is to go for its own sake. */
const ofItself =
  /(?:^| )(?:old|previous|existing|stuck|failed|failing|stale|unused|obsolete|expired|orphan(?:ed)?|temporary|temp|tmp|legacy|duplicate|broken|corrupt(?:ed)?|evicted|finished|completed|unneeded|unnecessary|default|dead|deprecated|outdated|inactive|idle|malicious|compromised|affected|infected)(?: |$)|旧|老|古い|不要/;

const fillers = new Set(
  'a an the it them your all any this that these those of from to in on for with and or its their our created previously saved up down'.split(
    ' ',
  ),
);

/** What a heading takes away; `undefined` where it takes nothing, or what was there before. */
export function takesAway(title: string): TakenAway | undefined {
  const normal = normaliseHeading(title);
  const found = verb.exec(normal) ?? eastern.exec(normal);
  if (found === null) return undefined;
  const rest = (found[1] ?? found[2] ?? '').trim();
  return ofItself.test(rest) ? undefined : { objects: nounsOf(rest) };
}

/** The words of a title that can name a thing, in singular. */
export function nounsOf(title: string): readonly string[] {
  return wordsOf(normaliseHeading(title))
    .filter((word) => word.length > 1 && !fillers.has(word))
    .map((word) => (/[^s]s$/.test(word) ? word.slice(0, -1) : word));
}

/** What builds are made of: taking these away takes away what the page is about. */
export const wholes: ReadonlySet<string> = new Set(
  'resource group cluster project deployment namespace environment stack everything instance infrastructure installation application app 集群 资源 项目 命名空间 环境 部署 应用 实例 クラスタ クラスター リソース プロジェクト 環境 클러스터 리소스 프로젝트 네임스페이스'.split(
    ' ',
  ),
);

/** Sentences that lead to what undoes or takes away what stands before them, each behind its words. */
const leadsToUndo: readonly KeyedPattern[] = [
  keyed(
    'roll|revert|undo|back|downgrade',
    /(?:^|[.!?。] *|\b(?:you can|if (?:you|anything|something)[^.]*?|when (?:you|you are|you're)[^.]*?) ?)(?:(?:in order )?to )?(?:roll(?:ing)? back|revert|undo|back out|fall back|switch back to the (?:old|previous)|downgrade)\b[^.]*[:：]$/,
  ),
  keyed(
    'stop|kill|shut|remove|delete|uninstall|disable|turn|destroy|tear|cancel|abort',
    /(?:^|[.!?] +)to (?:stop|kill|shut down|remove|delete|uninstall|disable|turn off|destroy|tear down|cancel|abort) (?:it|them)(?:,? (?:run|use|call|again|type)\b[^.]*)?\s?[:：]$/,
  ),
  // As a heading says it, in front of a block of its step.
  keyed(
    'clean|tear',
    /^(?:clean(?:ing)?[ -]?up|tear(?:ing)?[ -]?down) (?:(?:the|all|your|these|of|created|sample|demo|test|azure|aws) )*(?:resources?|everything|environments?|deployments?|clusters?|stack|demo|sandbox)\s?[:：.]?$/,
  ),
  keyed(
    'again|afterward|later|completely|entirely',
    /(?:^|[.!?] +)(?:in order )?to (?:uninstall|tear down|remove|delete|destroy|stop)\b[^.]*\b(?:again|afterwards?|later|completely|entirely)\b[^.]*[:：]$/,
  ),
  keyed(
    'done|finish|longer',
    /\b(?:when (?:you are|you're) (?:done|finished)|once (?:you are|you're) done|no longer need(?:ed)?|after you (?:are done|have finished|finish))\b[^.]*\b(?:delete|remove|destroy|tear down|clean up|uninstall)\b[^.]*[:：.]$/,
  ),
  keyed(
    'undone|reverted|rolled back|reversed|backed out',
    /\b(?:can|could|may) (?:easily |always |also |then )?be (?:undone|reverted|rolled back|reversed|backed out)\b[^.]*[:：]$/,
  ),
  keyed('回滚|回退|撤销', /(?:回滚|回退|撤销)[^。]*[:：]$/),
  keyed('元に戻す|ロールバックする|切り戻す', /(?:元に戻す|ロールバックする|切り戻す)[^。]*[:：]$/),
  keyed('롤백하려면|되돌리려면', /(?:롤백하려면|되돌리려면)[^.]*[:：]$/),
];

/** What everything that `announcesUndo` and that is in ASCII has in one of its words, without what is no letter. */
export const announcingLetters = new RegExp(
  leadsToUndo
    .flatMap(({ keys }) => keys)
    .filter((key) => /^[a-z]+$/.test(key))
    .join('|'),
);

/** True for prose, right before a block, that says that the block goes back or takes away. */
export function announcesUndo(prose: string): boolean {
  const said = prose.toLowerCase().trim().replace(/\s+/g, ' ').replace(/[*_`]/g, '');
  return leadsToUndo.some((one) => fitsKeyed(one, said));
}
