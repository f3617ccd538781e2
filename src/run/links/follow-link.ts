// Owns the way from a link to the runbook that it leads to, and what may be wrong with that.
import type { Runbook } from '../../runbook/runbook.ts';
import { hasErrors } from '../../text/diagnostic.ts';
import { compilePlan } from '../planning/compile-plan.ts';
import { type Expansion, type LinkLevel, type LinkTarget, reportAtLink } from './expansion.ts';
import { joinPath } from './join-path.ts';
import { whyNotFrom } from './module-address.ts';
import { unsupportedAttributes } from './written-links.ts';

/** Links may lead from runbook to runbook so often; more is taken for a mistake. */
const linkDepthLimit = 8;

/** A run is no longer than this: a few pages that each link to the next one many times would be endless. */
const broughtLimit = { pages: 500, items: 20_000 };

/** A linked runbook with its own plan. */
export interface FollowedLink {
  readonly runbook: Runbook;
  readonly compiled: ReturnType<typeof compilePlan>;
}

/** What a link leads to; undefined, after saying why, where that cannot be a part of the run. */
export function followLink(
  target: LinkTarget,
  level: LinkLevel,
  expansion: Expansion,
): FollowedLink | undefined {
  const runbook = mayFollow(target, level, expansion) ? loadTarget(target, expansion) : undefined;
  const compiled = runbook && compileTarget(runbook, target, expansion);
  if (runbook === undefined || compiled === undefined) return undefined;
  expansion.brought.pages++;
  expansion.brought.items += compiled.plan.items.length;
  return { runbook, compiled };
}

/** Whether a link ends anywhere; says what is wrong with it, also where it can be followed all the same. */
function mayFollow(target: LinkTarget, level: LinkLevel, expansion: Expansion): boolean {
  const { item, step, file, chain } = target;
  if (level.chain.includes(file)) {
    const message = `runbooks run one another in a circle: ${wayOf(target)}`;
    reportAtLink(expansion, target, { code: 'link-cycle', message });
    return false;
  }
  if (chain.length > linkDepthLimit + 1) {
    const isTold = isToldOf('link-depth', expansion, target);
    const message = `links lead through more than ${linkDepthLimit} runbooks: ${wayOf(target)}`;
    if (!isTold) reportAtLink(expansion, target, { code: 'link-depth', message });
    return false;
  }
  const { pages, items } = expansion.brought;
  if (pages >= broughtLimit.pages || items >= broughtLimit.items) {
    reportTooMany(target, expansion);
    return false;
  }
  const whyNot = whyNotFrom(level.chain.at(-1) ?? '', file);
  if (whyNot !== undefined) {
    const message = `the linked runbook \`${file}\`${throughWords(target)}: ${whyNot}`;
    reportAtLink(expansion, target, { code: 'module-address', message });
    return false;
  }
  for (const name of unsupportedAttributes(step))
    reportAtLink(expansion, target, {
      code: 'link-attribute',
      message: `\`${name}\` has no meaning on a step that runs another runbook, \`${item.address}\``,
      help: 'write it on the blocks of that runbook',
    });
  return true;
}

/** Whether this is wrong with the link of the opened runbook already, on another way from it. */
function isToldOf(code: string, { diagnostics }: Expansion, { place }: LinkTarget): boolean {
  return diagnostics.some((one) => one.code === code && one.span === place);
}

/** Once: where the limit was reached says little, since every link before it has its part in it. */
function reportTooMany(target: LinkTarget, expansion: Expansion): void {
  const code = 'link-count';
  if (expansion.diagnostics.some((one) => one.code === code)) return;
  const { pages, items } = broughtLimit;
  const message = `links bring more than ${pages} runbooks, or more than ${items} items, into this run: ${wayOf(target)}`;
  reportAtLink(expansion, target, {
    code,
    message,
    help: 'link to each runbook once, where it is to be run',
  });
}

function wayOf({ chain }: LinkTarget): string {
  return chain.map((name) => `\`${name}\``).join(' → ');
}

/** For messages about a linked runbook that other linked ones lead to. */
function throughWords(target: LinkTarget): string {
  return target.chain.length > 2 ? ` (${wayOf(target)})` : '';
}

/** The linked runbook; undefined, after saying why, where it cannot be used. */
function loadTarget(target: LinkTarget, expansion: Expansion): Runbook | undefined {
  const { file } = target;
  const known = expansion.linked.get(file);
  if (known !== undefined) return known.runbook;
  const { runbook, digest, diagnostics } = expansion.load(joinPath(expansion.rootFolder, file));
  const problem = diagnostics.find(({ severity }) => severity === 'error');
  if (runbook !== undefined && problem === undefined) {
    expansion.linked.set(file, { runbook, digest });
    return runbook;
  }
  const line =
    problem?.span === undefined || runbook === undefined
      ? ''
      : `:${runbook.source.lines.placeOf(problem.span.start).line}`;
  const why = problem === undefined ? 'it cannot be read' : problem.message;
  const message = `the linked runbook \`${file}${line}\`${throughWords(target)}: ${why}`;
  const code =
    problem?.code === 'module-lock' || problem?.code === 'module-address' ? problem.code : 'linked-runbook';
  reportAtLink(expansion, target, { code, message, help: problem?.help });
  return undefined;
}

/** The linked runbook's own plan; undefined, after saying why, where it has none. */
function compileTarget(
  runbook: Runbook,
  target: LinkTarget,
  expansion: Expansion,
): ReturnType<typeof compilePlan> | undefined {
  const compiled = compilePlan(runbook);
  if (!hasErrors(compiled.diagnostics)) return compiled;
  const why = compiled.diagnostics[0]?.message ?? '';
  const message = `the linked runbook \`${target.file}\`${throughWords(target)}: ${why}`;
  reportAtLink(expansion, target, { code: 'linked-runbook', message });
  return undefined;
}
