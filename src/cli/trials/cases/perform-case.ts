// Owns the process of one case: a run like any other, answered by what the case says.
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, isAbsolute } from 'node:path';
import { namedValue } from '../../../basics/named-values.ts';
import type { FailOnPurpose } from '../../../run/expectations/fail-on-purpose.ts';
import { ownText } from '../../../run/masking/redactor.ts';
import type { BlockItem, Plan, PlanItem } from '../../../run/plan.ts';
import { planExports } from '../../../run/planning/plan-exports.ts';
import type { RunOptions } from '../../../run/run-options.ts';
import type { RunState } from '../../../run/state.ts';
import { allSteps } from '../../../runbook/lint/lint-rule.ts';
import { proofOfRun } from '../../../surfaces/reports/statistics/proof-of-run.ts';
import { createScriptedSurface } from '../../../surfaces/scripted/create-scripted-surface.ts';
import { closestName } from '../../../text/closest-name.ts';
import { readChoices } from '../../choosing/read-choices.ts';
import { exitCode } from '../../exit-code.ts';
import { settleInputs } from '../../inputs/settle-inputs.ts';
import { refuse } from '../../refusal.ts';
import {
  chosenItems,
  type PlannedRun,
  planRun,
  refusePlan,
  refuseUnfilled,
  wantedInputs,
} from '../../session/plan-run.ts';
import { startRun } from '../../session/start-run.ts';
import type { CaseRequest, CaseResult } from './case-request.ts';
import { isInside } from './is-inside.ts';
import { PlanGuard } from './plan-guard.ts';

/** Runs the case that a file describes and writes what came of it; gives the exit code of the run. */
export async function performCase(file: string): Promise<number> {
  const request = JSON.parse(readFileSync(file, 'utf8')) as CaseRequest;
  const finish = (result: CaseResult): void => writeFileSync(request.result, JSON.stringify(result));
  const { page: path, section } = request;
  const planned = planRun({ path, ...(section !== undefined && { section }) }, () => optionsOf(request));
  if (!planned.ok) return refuse(planned.error);
  const exported = planExports(planned.value.plan, Object.keys(request.inputs));
  const ways = readChoices(exported.plan, request.choose);
  if (!ways.ok) return refuse(ways.error);
  const run: PlannedRun = {
    ...planned.value,
    plan: inFolder(exported.plan, request),
    options: { ...planned.value.options, choose: ways.value },
  };
  const chosen = chosenItems(run);
  const refused = refusePlan(run, undefined) ?? refuseUnfilled(run, chosen, process.env);
  if (refused) return refuse(refused);
  const guard = new PlanGuard(exported.plan, request);
  const reasons = [...unknownSteps(run, request), ...guard.refusals(chosen)];
  if (reasons.length > 0) {
    finish({ type: 'refused', reasons });
    return exitCode.usage;
  }
  const inputs = await withPath(request.bin, () => giveInputs(run, chosen, request));
  if (!inputs.ok) return inputs.error;
  const onFailure = request.fault ? 'rollback' : (request.onFailure ?? 'stop');
  const surface = createScriptedSurface({ answers: request.answers, onFailure }, (record, history) =>
    finish({ type: 'ran', record: { ...record, isProof: proofOfRun(history) !== undefined } }),
  );
  const { file: opened, runbook, plan, linked, digest, options } = run;
  return startRun({
    ...{ path: request.page, file: opened, runbook, plan, linked, digest, options },
    ...{ inputs: inputs.value, stateDir: request.stateDir, wait: true, remember: false, reports: [] },
    surface: { name: 'plain', guided: true },
    trial: { surface, failOnPurpose: failing(request, guard), ssh: request.ssh },
  });
}

/** A step that is misspelt would be one whose undo nobody proves. A case may run a part of the page only. */
function unknownSteps({ plan, runbook }: PlannedRun, { irreversible }: CaseRequest): readonly string[] {
  const all = [...plan.items.map(({ step }) => step), ...allSteps(runbook).map(({ name }) => name)];
  const steps = [...new Set(all.map(String))];
  return irreversible.flatMap((name) => {
    if (steps.includes(name)) return [];
    const meant = closestName(name, steps);
    const hint = meant === undefined ? '' : `; did you mean \`${meant}\`?`;
    return [`\`irreversible\`: the page has no step \`${name}\`${hint}`];
  });
}

/** Secrets are given as an operator gives them, by the environment. */
function giveInputs(run: PlannedRun, chosen: readonly PlanItem[], { inputs }: CaseRequest) {
  const wanted = wantedInputs(run, chosen);
  const secrets = new Set(wanted.flatMap(({ name, secret }) => (secret === undefined ? [] : [name])));
  const given = Object.entries(inputs);
  for (const [name, value] of given) if (secrets.has(name)) process.env[name] = value;
  const { plan, source } = run;
  return settleInputs(wanted, {
    ...{ title: plan.title, source, known: plan.inputs ?? [], set: {}, remembered: {} },
    file: Object.fromEntries(given.filter(([name]) => !secrets.has(name))),
  });
}

/** Commands of inputs find what the blocks of the case find. */
async function withPath<Value>(path: string, during: () => Promise<Value>): Promise<Value> {
  const { PATH: before } = process.env;
  process.env.PATH = path;
  try {
    return await during();
  } finally {
    process.env.PATH = before;
  }
}

function optionsOf({ steps, accept, onFailure, fault }: CaseRequest): RunOptions {
  const policy = fault ? 'rollback' : onFailure;
  return {
    ...{ yes: false, dryRun: false, rehearse: false, allowDestructive: false, manual: 'pause', log: 'none' },
    ...(accept.length > 0 && { accept }),
    ...(policy !== undefined && { onFailure: policy }),
    selection: { steps, tags: [] },
  };
}

/** Everything begins in the folder of the case. Where a block fails on purpose, what follows is a rollback. */
function inFolder(plan: Plan, { work, bin, fault, singleUser }: CaseRequest): Plan {
  const items = plan.items.map((item): PlanItem => {
    const { onFailure } = item;
    const policy = fault === undefined && onFailure !== undefined ? { onFailure } : {};
    if (item.kind !== 'block') {
      const { onFailure: _, ...rest } = item;
      return { ...rest, ...policy } as PlanItem;
    }
    const { onFailure: _, user, ...block } = item;
    return {
      ...block,
      ...policy,
      ...(user !== undefined && !singleUser && { user }),
      ...(item.file !== undefined && { startIn: work }),
      ...(item.address === fault?.address && { retries: 0 }),
    };
  });
  return { ...plan, cwd: work, env: { ...plan.env, PATH: bin }, items };
}

/** Before its code a block is looked at once more, with what is known only now; and one block fails on purpose. */
function failing({ fault, work }: CaseRequest, guard: PlanGuard): FailOnPurpose {
  return (item, when, state) => {
    const because = (message: string) => ({ type: 'spawn', message: ownText(message) }) as const;
    if (when === 'before') {
      if (namedValue(state.captured, 'PATH') !== undefined) return because('a block has set `PATH`');
      const changed = guard.setInput(state.captured);
      if (changed !== undefined) return because(`a block has set the input \`${changed}\``);
      const target = writtenPath(item, state);
      if (target !== undefined && isAbsolute(target) && !isInside(target, dirname(work)))
        return because(`it writes \`${target}\`, outside of its folder`);
      const found = guard.escapeNow(item, state.captured);
      if (found !== undefined) return because(found);
    }
    if (fault?.address !== item.address || fault.when !== when || item.phase === 'rollback') return undefined;
    // As its first command, or its last, would have failed: it has begun, and so is undone.
    return { type: 'exit', code: 1 };
  };
}

/** The file that a block writes, with the values that are known by now; undefined where it writes none. */
function writtenPath({ writes }: BlockItem, { inputs, captured }: RunState): string | undefined {
  return writes?.path.replace(/\$\{?([A-Za-z_]\w*)\}?/g, (written, name: string) => {
    return namedValue(captured, name) ?? namedValue(inputs, name) ?? process.env[name] ?? written;
  });
}
