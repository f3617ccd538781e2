// Owns what the title of a page says that it is about.
import { wordsOf } from '../../text/words-of.ts';
import { normaliseHeading } from './normalise-heading.ts';
import { speaksOfUndo } from './speaks-of-undo.ts';

export interface PageSubject {
  /** It goes back: its undo is its work. */
  readonly undoes: boolean;
  /** It makes copies and does not say that it takes them back as well. */
  readonly onlyBacksUp: boolean;
  /** It makes something, or brings it forward. */
  readonly builds: boolean;
  /** It takes something away. */
  readonly takesAway: boolean;
  /** Normalised. */
  readonly title: string;
  /** Its words, in singular. */
  readonly nouns: readonly string[];
}

const builds =
  /\b(?:deploy\w*|creat\w+|install\w*|set(?:ting)? ?up|build(?:ing)?|provision\w*|launch\w*|quick ?start|get(?:ting)? started|tutorial|workshop|bootstrap\w*|configur\w+|host(?:ing)?|enabl\w+|upgrad\w+|updat\w+|back(?:ing)? ?ups?|block(?:ing)?|ban(?:ning)?|run(?:ning)?)\b|部署|安装|创建|搭建|快速|升级|备份|構築|インストール|作成|デプロイ|バックアップ|アップグレード|설치|배포|구축|백업|업그레이드/;

const away =
  /\b(?:delet\w+|remov\w+|uninstall\w*|destroy\w*|tear(?:ing)? ?down|teardown|decommission\w*|shut(?:ting)? ?down|unban\w*|unblock\w*|purg\w+|offboard\w*|terminat\w+|clean(?:ing)? ?up)\b|删除|卸载|销毁|下线|削除|삭제|제거/;

export function subjectOf(title: string): PageSubject {
  const normal = normaliseHeading(title);
  return {
    undoes: speaksOfUndo(normal) === 'undo',
    onlyBacksUp:
      /\b(?:backups?|back(?:ing)? up)\b|备份|バックアップ|백업/.test(normal) &&
      !/restor|recover|恢复|还原|復元|リストア|복원|복구/.test(normal),
    builds: builds.test(normal),
    takesAway: away.test(normal),
    title: normal,
    nouns: wordsOf(normal)
      .map((word) => (/[^s]s$/.test(word) ? word.slice(0, -1) : word))
      .filter((word) => word.length > 2),
  };
}
