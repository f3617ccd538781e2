// Owns the items that handlers become: one at the end of the step that changed something, one behind its undos.
import { type Address, address } from '../../basics/address.ts';
import { findEffect } from '../../languages/commands/find-effect.ts';
import type { Handler } from '../../runbook/front-matter/handler.ts';
import type { FrontMatter, Risk } from '../../runbook/runbook.ts';
import type { BlockItem, PlanItem } from '../plan.ts';

/** Blocks that one run of a handler follows: those with the same handler, on the same machines, as the same account. */
interface Following {
  readonly name: string;
  readonly handler: Handler;
  readonly blocks: readonly BlockItem[];
  /** Its number among those of one handler, from 1. */
  readonly count: number;
}

/** What follows these items of a step where one of them has changed something, in the order in which they name it. */
export function handlersOf(items: readonly PlanItem[], frontMatter: FrontMatter): readonly BlockItem[] {
  return followings(items, frontMatter).map((following) => itemOf(following, frontMatter));
}

/** The same, behind the undos of the step: what was put back has to be taken up, too. */
export function handlersOfUndo(items: readonly PlanItem[], frontMatter: FrontMatter): readonly BlockItem[] {
  return handlersOf(items, frontMatter).map(
    (item): BlockItem => ({
      ...item,
      address: address(`${item.address}/undo`),
      phase: 'rollback',
      undoes: item.step,
    }),
  );
}

function followings(items: readonly PlanItem[], { handlers = {} }: FrontMatter): readonly Following[] {
  const found = new Map<string, BlockItem[]>();
  const names = new Map<string, string>();
  for (const item of items) {
    if (item.kind !== 'block') continue;
    for (const name of item.handlers ?? []) {
      const key = JSON.stringify([name, item.hosts, item.hostsFrom, item.user]);
      found.set(key, [...(found.get(key) ?? []), item]);
      names.set(key, name);
    }
  }
  const counts = new Map<string, number>();
  return [...found].flatMap(([key, blocks]): Following[] => {
    const name = names.get(key) ?? '';
    const handler = Object.hasOwn(handlers, name) ? handlers[name] : undefined;
    const count = (counts.get(name) ?? 0) + 1;
    counts.set(name, count);
    return handler === undefined ? [] : [{ name, handler, blocks, count }];
  });
}

function itemOf({ name, handler, blocks, count }: Following, frontMatter: FrontMatter): BlockItem {
  const [first] = blocks;
  if (first === undefined) throw new Error('a handler follows a block');
  const { hosts, hostsFrom, parallel, hostsMustPass, onDemand, onFailure } = first;
  const user = handler.user ?? first.user;
  return {
    kind: 'block',
    address: addressOf(first, name, count),
    language: frontMatter.shell ?? 'sh',
    code: `${handler.run.trimEnd()}\n`,
    risk: riskOf(handler),
    retries: 0,
    intervalMs: 1_000,
    exit: [0],
    expect: [],
    env: {},
    interactive: false,
    background: false,
    hosts,
    step: first.step,
    stepTitle: first.stepTitle,
    tags: first.tags,
    line: handler.line,
    phase: first.phase,
    follows: blocks.map((block): Address => block.address),
    ...(hostsFrom !== undefined && { hostsFrom }),
    ...(parallel !== undefined && { parallel }),
    ...(hostsMustPass !== undefined && { hostsMustPass }),
    ...(onDemand !== undefined && { onDemand }),
    ...(onFailure !== undefined && { onFailure }),
    ...(handler.check !== undefined && { check: handler.check }),
    ...(user !== undefined && { user }),
    ...(handler.timeoutMs !== undefined && { timeoutMs: handler.timeoutMs }),
    ...(frontMatter.errexit !== undefined && { errexit: frontMatter.errexit }),
  };
}

/** No block has such an address: names of blocks hold no slash. */
function addressOf({ step }: BlockItem, name: string, count: number): Address {
  return address(`${step}/then/${name}${count === 1 ? '' : `/${count}`}`);
}

/** What follows a change changes something itself, but where its command is known to do worse. */
function riskOf({ run, risk }: Handler): Risk {
  return risk ?? (findEffect(run, 'sh', 'destroys') === undefined ? 'change' : 'destructive');
}
