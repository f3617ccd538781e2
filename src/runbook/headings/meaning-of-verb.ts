// Owns which headings open a section by their verb and what it acts on, beside the whole phrases of the table.
import type { SectionKind } from '../runbook.ts';

/** What verb and object of a heading say. */
export interface VerbMeaning {
  readonly kind: SectionKind;
  /** How `print` names the form. */
  readonly word: string;
  /**
   * What has to be so: work stands before what checks it, and is no look at what there is; a page that only backs up
   * holds what takes its copies back.
   */
  readonly needs?: 'work-before' | 'page-backs-up';
  readonly nature?: 'preparation' | 'trouble';
}

type Form = VerbMeaning & {
  /** What a heading has that can match; patterns take long to compile, and most headings have none of them. */
  readonly stem: RegExp;
  readonly pattern: RegExp;
  readonly except?: RegExp;
};

const change =
  '(?:deployment|deploy|upgrade|update|release|migration|maintenance|installation|install|change|changes|failover|launch|rollout|cutover|restore|restoration|recovery|reboot|restart|switchover|patch|patching|flight|implementation|rotation|operation|backup|cluster|rbac|access|permission|permissions|hardware|software|network|system|resource|version|minimum|environment|build|security)';

const lead = '^(?:(?:how to|to|now|then|finally|lastly|optional|optionally) )*';

/** What looks for the trouble, and not at what was done about it. */
const trouble =
  /^\S+(?: that)?(?: the| an?| this| your)? (?:\S+ )?(?:issues?|problems?|alerts?|incidents?|impact|symptoms?|(?:root )?causes?|scope|breach|compromise)\b/;

const checkedNouns =
  'application|app|apps|installation|deployment|connection|connections|connectivity|access|setup|configuration|cluster|service|services|changes|it|everything|site|website|endpoint|endpoints|api|upgrade|migration|backup|backups|failover|fix|integration|pipeline|solution';

/** In order: the first form that fits counts. */
const forms: readonly Form[] = [
  {
    kind: 'preconditions',
    word: '… prerequisites',
    stem: /requisites?$|preconditions$/,
    pattern: /(?:^| )(?:pre ?requisites?|preconditions)$/,
    except: /^(?:install|prepare|set ?up|configure|creat|deploy|download)/,
  },
  {
    kind: 'preconditions',
    word: '… requirements',
    stem: /requirements?$/,
    pattern: new RegExp(`^(?:(?:check|verify|confirm|review) )?(?:\\S+ ){0,2}${change} requirements?$`),
  },
  {
    kind: 'preconditions',
    word: 'before …',
    stem: /^before/,
    pattern:
      /^before (?:you |we |the )?(?:begin|start|upgrad|deploy|install|migrat|running|proceed|continu|making|perform|rotat|updat|apply)/,
    except: /^before (?:you |we )?\S+(?: \S+){5}/,
  },
  {
    kind: 'preconditions',
    word: 'pre-… checks',
    stem: /^pre/,
    pattern:
      /^pre ?(?:\S+ ){1,2}(?:check|checks|checklist|checklists|validation|verification|requirements|conditions)$/,
    except: /^(?:preview|press|prepar|present|prevent|prefix)/,
  },
  {
    kind: 'preconditions',
    word: '…前检查',
    stem: /前|사전/,
    pattern:
      /(?:前|前の|之前)(?:的)?(?:检查|檢查|确认|確認|验证|検証|チェック)$|^사전 ?\S*(?:점검|확인|검증)$/,
  },
  {
    kind: 'steps',
    word: '…前准备',
    nature: 'preparation',
    stem: /准备|準備|준비/,
    pattern: /(?:前|前の|之前|环境|環境|사전)\s?(?:的)?(?:准备|準備|준비)(?:工作|作業|작업)?$/,
  },
  {
    kind: 'cleanup',
    word: 'verify the clean-up',
    stem: /clean|teardown|tear down|deletion|uninstall|decommission/,
    pattern:
      /^(?:verify|verifying|validate|confirm|check)(?: that)?(?: the)? (?:clean ?up|teardown|tear down|deletion|uninstall|uninstallation|decommission(?:ing)?)\b/,
  },
  {
    kind: 'cleanup',
    word: 'clean up the …',
    stem: /clean/,
    pattern: new RegExp(
      `${lead}(?:clean ?up|cleaning up)(?: of)?(?: the| your| all| any| up)* (?:(?:azure|aws|cloud|gcp|google|kubernetes|test|demo|created|sample|example|tutorial|temporary) )?(?:resources?|environment|everything|cluster|clusters|deployment|workshop|lab|project|stack|sandbox|demo|samples?|example|objects|namespaces?|infrastructure|installation|tutorial|temporary|temp|test|after)(?: .*)?$`,
    ),
    except: / (?:policy|policies|jobs?|settings|configuration)$/,
  },
  {
    kind: 'cleanup',
    word: '… clean-up',
    stem: /(?:clean ?up|teardown|tear down)$/,
    pattern:
      /^(?:post|final|resource|resources|environment|temporary|test|lab|workshop|optional)(?: \S+)? (?:clean ?up|teardown)$/,
  },
  {
    kind: 'cleanup',
    word: 'tear down the …',
    stem: /^(?:tear|how to tear|to tear)/,
    pattern: new RegExp(`${lead}(?:tear ?down|tearing down)\\b`),
  },
  {
    kind: 'cleanup',
    word: 'delete the resources',
    stem: /resources/,
    pattern:
      /^(?:delete|deleting|remove|removing|destroy|destroying)(?: the| all| your| any)*(?: (?:azure|aws|cloud|gcp|created|demo|sample|test|example))? resources(?: .*)?$/,
  },
  {
    kind: 'cleanup',
    word: '清理…',
    stem: /清理|片付|クリーンアップ|정리|클린업/,
    pattern:
      /^清理(?:测试|临时|演示)?(?:环境|资源|现场|工作|集群)|(?:リソース|環境)の(?:クリーンアップ|片付け)$|(?:리소스|환경|자원) ?(?:정리|클린업)$/,
  },
  {
    kind: 'rollback',
    word: 'restore …',
    needs: 'page-backs-up',
    stem: /restor|recover|恢复|还原|復元|リストア|복원|복구/,
    pattern:
      /^(?:how to |to )?(?:restor(?:e|ing)|recover(?:ing)?)(?: |$)|^(?:恢复|还原)|(?:恢复|还原|復元|リストア|복원|복구)(?:する)?$/,
    except: /[与和及、と]|^(?:确认|验证|检查|確認|検証|확인|검증)/,
  },
  {
    kind: 'context',
    word: '… FAQ',
    stem: /faqs?$|常见问题$|よくある質問$|자주 묻는 질문$/,
    pattern: /(?: |[^a-z])faqs?$|常见问题$|よくある質問$|자주 묻는 질문$/,
  },
  {
    kind: 'context',
    word: 'example output',
    stem: /^(?:example|sample)/,
    pattern:
      /^(?:example|sample)s? (?:of )?(?:\S+ ){0,4}(?:outputs?|logs?|results?|responses?|reports?|messages?|transcripts?|alerts?|notifications?)$/,
  },
  {
    kind: 'diagnosis',
    word: 'troubleshooting …',
    nature: 'trouble',
    stem: /troubleshoot/,
    pattern: /^(?:troubleshoot|troubleshooting) \S|\S troubleshooting$/,
  },
  {
    kind: 'validation',
    word: 'verify …',
    needs: 'work-before',
    stem: /verif|valid|confirm|sure|ensur/,
    pattern: new RegExp(
      `${lead}(?:(?:verify|verifying|validate|validating|confirm|confirming) \\S|(?:make sure|ensure|ensuring) .*\\b(?:is|are|has|have|works?|was|were)\\b)`,
    ),
    except: /^validating (?:admission|webhooks?)|(?:issue|bug) tracker/,
  },
  {
    kind: 'validation',
    word: 'verification of …',
    stem: /^(?:verif|valid|health|smoke|sanity|final|manual|post|acceptance|functional)/,
    needs: 'work-before',
    pattern:
      /^(?:(?:verification|validation)(?: steps?| checks?)? (?:of|for)|(?:health|smoke|sanity|acceptance|functional) (?:checks?|tests?|testing)|final (?:verification|validation|checks?|tests?)|manual (?:verification|validation|checks?)|post ?(?:\S+ ){1,2}(?:checks?|checklist|validations?|verification|tests?|testing|monitoring))\b/,
  },
  {
    kind: 'validation',
    word: 'testing',
    stem: /^(?:test|checks)|test(?:s|ing)?$/,
    needs: 'work-before',
    pattern:
      /^(?:testing|tests?|checks|(?:e2e|end to end|manual|functional|integration|load|performance|acceptance|user acceptance)(?: \S+)? (?:testing|tests?))$/,
  },
  {
    kind: 'validation',
    word: 'run the smoke tests',
    stem: /test|check|verif|valid/,
    needs: 'work-before',
    pattern:
      /^(?:run|running|execute|perform|performing|do)(?: the| a| an| some| automated| final| quick)* (?:(?:smoke|sanity|health|e2e|end to end|acceptance|functional|integration|post \S+|validation|verification)(?: tests?| checks?| steps?)?|tests)(?: .*)?$/,
  },
  {
    kind: 'validation',
    word: '… verification',
    stem: /(?:verification|validation|checks?|smoke tests?|functional tests?)$/,
    needs: 'work-before',
    pattern:
      /^(?!(?:pre|input|schema|data|form|user|identity|email|drift detection)\b)(?:[^ ]+ ){1,3}(?:verification|validation|health checks?|checks?|smoke tests?|functional tests?)$/,
    except:
      /\b(?:and|with|of|for|without|or|to|in|on|add|enable|enabling|configure|create|precondition|prerequisite|gates?|isolation|permission|disabl(?:e|ing)|skip(?:ping)?|bypass(?:ing)?|turn(?:ing)?|stricter|pre)\b|^(?:regular|periodic|routine|recurring)\b/,
  },
  {
    kind: 'validation',
    word: 'check …',
    stem: /check|test|inspect/,
    needs: 'work-before',
    pattern: new RegExp(
      `${lead}(?:(?:re ?|double )?check(?:ing)?(?: that| the| if| for| on| whether)* \\S|test (?!data|plans?|cases?|suites?|env|report|framework|strategy|coverage|results?|infra|cluster$)\\S|testing (?:that |the |your )*(?:${checkedNouns})\\b)`,
    ),
    except:
      /^check(?:ing)? (?:in|out)\b|for updates|constraints?$|\b(?:environments?|queries|matrix|users?|project)$/,
  },
  {
    kind: 'validation',
    word: 'view the status',
    stem: /status|health|state|progress/,
    needs: 'work-before',
    pattern: new RegExp(
      `${lead}(?:view|viewing|show|see|get|monitor|monitoring|review|observe|watch)(?: the| your)? .*\\b(?:status|health|progress)$`,
    ),
  },
  {
    kind: 'validation',
    word: 'monitor the …',
    stem: /^(?:monitor|observ|watch)/,
    needs: 'work-before',
    pattern: new RegExp(
      `^(?:monitor|monitoring|observe|observing|watch|watching)(?: (?:the|your|it|for|closely))* (?:(?:\\S+ )?(?:${change}|dashboards?|metrics|graphs|error rates?|traffic)|\\d+ ?\\S*(?: after.*)?)$`,
    ),
  },
  {
    kind: 'validation',
    word: 'visit the application',
    stem: /^(?:browse|visit|try)/,
    needs: 'work-before',
    pattern:
      /^(?:browse|visit|try(?: out)?) (?:to )?(?:the |your |our )?(?:\S+ )?(?:application|app|site|website|deployment|service|page|store|url)\b/,
  },
  {
    kind: 'validation',
    word: '验证…',
    needs: 'work-before',
    stem: /验证|校验|确认|確認|検証|検査|检查|查看|测试|チェック|テスト|검증|확인|점검/,
    pattern:
      /^(?:验证|校验|确认|检查|测试)\S|(?:验证|校验|检查|核对)$|^查看.*状态$|(?:の|を|後|結果|動作|状態)(?:確認|検証|チェック|テスト)(?:する)?$|(?:검증|확인|점검)(?: ?(?:명령|절차|방법|단계|체크리스트|하기))?$|^검증 /,
    except:
      /验证码|身份验证|验证(?:方式|机制|原理|器)|测试(?:环境|数据|报告|计划)|(?:问题|故障|告警|原因|事象)$|前(?:的)?(?:检查|确认|確認)/,
  },
];

const aim = /^(?:verify|verifying|confirm|confirming|validate|validating|check|checking|test|ensure)/;

/** What the verb and the object of a heading, normalised, open. */
export function meaningOfVerb(segment: string): VerbMeaning | undefined {
  const form = forms.find(
    ({ stem, pattern, except }) =>
      stem.test(segment) && pattern.test(segment) && except?.test(segment) !== true,
  );
  if (form === undefined || (form.kind === 'validation' && aim.test(segment) && trouble.test(segment)))
    return undefined;
  const { stem: _stem, pattern: _pattern, except: _except, ...meaning } = form;
  return meaning;
}
