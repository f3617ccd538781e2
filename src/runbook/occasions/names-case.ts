// Owns which words name a kind of system, a stage or a group of people that what follows is for: "For Debian:", "Helm users:".
import { namesSystem, plainTitle } from '../choices/kinds-of-alternative.ts';

/** What is said of a block below such words; where they tell the ways of a choice apart, that says it. */
export const saidOfCase = 'the words before it say for which case it is';

const things =
  'clusters|hosts|servers|systems|installations|deployments|nodes|machines|environments|setups|users|customers|sites|instances|databases|versions|distributions|platforms|projects|accounts|tenants';

/** "On clusters older than 1.24, use"; "On nodes of the cluster" says where, and not for which case. */
const ofKind = new RegExp(
  `^(?:for|on|with|in) (?:all |any |most |some |many )?(?:\\S+ )?(?:${things}) (?:that (?:use|run|have|are|were|do|does|still)|which|who|whose|where|running|using|older|newer|earlier|later|with|without|before|after|below|above|not|still|prior|deployed|installed|created|hosted|managed|based|behind)\\b`,
);

/** "For log file issues": one kind of trouble of several. */
const ofTrouble =
  /^for (?!(?:the|this|these|any|all|further|more|other)\b)(?:\S+ ){1,4}(?:issues|problems|errors|failures)$/;

const stages =
  'staging|stage|prod|production|dev|development|test|testing|qa|uat|sandbox|pre ?prod|pre ?production|demo|local development';
const inStage = new RegExp(
  `^(?:for|in|on) (?:(?:the|an?|your|our) )?(${stages})(?: (?:environments?|systems?|clusters?|servers?|deployments?|use|only))?(?:,.*)?$`,
);

/** "The cluster" is the one that the page is about. */
const behindWord = /^(?:for|on|in|under)\s+(?!(?:the|an?|your|our|this|that|each|every|all|both)\b)(.+)$/;
const ofPeople = new RegExp(`^(.+) (?:${things})(?: (?:should|can|may|must|need)\\b.*)?$`);

/** A heading of nothing but for what it is; "For each node" is always done. */
const headingOfCase =
  /^for (?!(?:the|this|that|these|those|each|every|all|both|any|your|our|more|further|additional|example|reference|details|now|developers?|contributors?)\b)\S/;

/**
 * Whether words that lead to a block say that it is for a case, by nothing but its name; `subject` is the title of the
 * page, normalised, which may name the same.
 */
export function namesCase(words: string, subject: string): boolean {
  const plain = plainTitle(words).toLowerCase();
  if (ofKind.test(plain) || ofTrouble.test(plain)) return true;
  const clause = plain.replace(/,? (?:please )?(?:run|use|do|execute|type|enter|instead)(?: .*)?$/, '');
  const stage = inStage.exec(clause)?.[1];
  if (stage !== undefined) return !isIn(stage, subject);
  const named = behindWord.exec(clause)?.[1] ?? ofPeople.exec(clause)?.[1];
  return named !== undefined && namesSystem(named) && !isIn(named, subject);
}

/** Whether a heading does. */
export function headingNamesCase(title: string, subject: string): boolean {
  return headingOfCase.test(plainTitle(title).toLowerCase()) || namesCase(title, subject);
}

function isIn(name: string, subject: string): boolean {
  const of = new Set(subject.split(/[^\p{L}\p{N}.]+/u));
  return name.split(/[^\p{L}\p{N}.]+/u).some((word) => word.length > 1 && of.has(word));
}
