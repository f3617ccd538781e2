// Owns the short facts about an item that an operator wants beside its code.

import type { Address } from '../../basics/address.ts';
import { findEffect } from '../../languages/commands/find-effect.ts';
import { mayNeedUndo, undosOf } from '../../run/belonging/undos-of.ts';
import { isOfStderr } from '../../run/expectations/check-expectations.ts';
import { type BlockItem, isForPerson, type Loop, type Plan, type PlanItem } from '../../run/plan.ts';
import { stepsWithoutUndo } from '../../run/rules/rollback-effect.ts';
import type { RunState } from '../../run/state.ts';
import { parallelOf } from '../../run/targets/host-targets.ts';
import { writtenPart } from '../../runbook/capture.ts';
import type { Expectation } from '../../runbook/expectation.ts';
import { fitText } from '../../text/display-width.ts';
import { visibleText } from '../../text/visible-text.ts';
import { type StyledRun, styled } from '../layout/styled-line.ts';
import { fileFacts } from './files/file-facts.ts';
import { counted, listed, quoted } from './quoted.ts';
import { intervalWords, writtenDuration } from './written-duration.ts';

/** Conditions and expectations are shown up to so many columns; all of them stand in the runbook. */
const longestFact = 60;

/** What an operator should know before an item runs, the most important first; nothing that goes without saying. */
export function itemFacts(item: PlanItem): StyledRun[] {
  const facts: StyledRun[] = [];
  if (item.risk === 'destructive') facts.push(styled('destructive', { tone: 'bad', bold: true }));
  else if (item.kind === 'block') facts.push(...destructionFact(item));
  // What a choice settles is asked at the choice.
  const doubts = (item.doubts ?? []).filter(({ choice }) => choice === undefined);
  if (doubts.length > 0)
    facts.push(styled(`doubtful: ${doubts.map(({ code }) => code).join(', ')}`, { tone: 'warn' }));
  if (item.undoes !== undefined) facts.push(styled(`undoes ${quoted(item.undoes)}`, { tone: 'warn' }));
  if (item.validates !== undefined) facts.push(styled(`checks ${quoted(item.validates)}`, { tone: 'muted' }));
  if (item.kind === 'block') facts.push(...blockFacts(item));
  if (isForPerson(item))
    facts.push(...conditionFacts(item.asking ?? {}).map((fact) => styled(fact, { tone: 'muted' })));
  if (item.kind === 'runbook') facts.push(styled(`runs ${quoted(item.target)}`, { tone: 'muted' }));
  if (item.approve) {
    const whom =
      item.approve.type === 'group'
        ? `from ${quoted(item.approve.group)}`
        : `from ${counted(item.approve.count, 'person', 'people')}`;
    facts.push(styled(`needs approval ${whom}`, { tone: 'warn' }));
  }
  if (item.estimateMs !== undefined)
    facts.push(styled(`takes about ${writtenDuration(item.estimateMs)}`, { tone: 'muted' }));
  return facts;
}

/** What would take an item back, or that nothing would; nothing for what changes nothing. */
export function undoFacts(item: PlanItem, plan: Plan): StyledRun[] {
  if (!mayNeedUndo(item)) return [];
  const undos = undosOf(plan, item);
  if (undos === undefined) return [styled('no undo', { tone: item.risk === 'destructive' ? 'bad' : 'warn' })];
  const by =
    undos.of === 'step' ? listed(undos.items.map(({ address }) => quoted(address))) : 'the rollback section';
  return [styled(`undone by ${by}`, { tone: 'muted' })];
}

/** Which steps a rollback of these undos leaves as they are, though they have changed something; empty where none. */
export function noUndoWords(state: RunState, undos: readonly Address[]): string {
  const order = undos.flatMap((address) => state.indexOf.get(address) ?? []);
  const left = stepsWithoutUndo(state, order);
  return left.length === 0 ? '' : `no undo is written for ${someOf(left)}`;
}

/** What a block destroys by its commands, found once. */
const destructions = new WeakMap<BlockItem, string>();

function destructionFact(item: BlockItem): StyledRun[] {
  let destroying = destructions.get(item);
  if (destroying === undefined) {
    const found = findEffect(item.code, item.language, 'destroys');
    destroying = found === undefined ? '' : item.code.slice(found.start, found.end);
    destructions.set(item, destroying);
  }
  return destroying === '' ? [] : [styled(`${shortened(destroying)} destroys something`, { tone: 'bad' })];
}

/** So many hosts or items are named; of more, their number is given. */
const namedHosts = 6;

function hostFacts(item: BlockItem): string[] {
  const { hosts, hostsFrom, hostsMustPass } = item;
  if (item.each !== undefined) return loopFacts(item, item.each);
  if (hosts.length === 0 && hostsFrom === undefined) return [];
  const facts = [hostsFrom === undefined ? `on ${someOf(hosts)}` : `on the hosts of ${quoted(hostsFrom)}`];
  const parallel = parallelOf(item);
  if (hosts.length !== 1) facts.push(turnWords(parallel, hosts.length));
  if (hostsMustPass !== undefined && hostsMustPass !== 'all')
    facts.push(`${hostsMustPass} of the hosts must pass`);
  return facts;
}

/** `known` is 0 where a command gives the hosts. */
function turnWords(parallel: number, known: number): string {
  if (parallel === 1) return 'one host after the other';
  return known > 0 && known <= parallel ? 'all at once' : `${parallel} hosts at once`;
}

function loopFacts(item: BlockItem, { name, items, variable, from = '' }: Loop): string[] {
  const { hostsMustPass } = item;
  const asked =
    variable === undefined ? `the items of ${quoted(from)}` : `the items of ${quoted(`$${variable}`)}`;
  const facts = [`${quoted(name)} is each of ${items === undefined ? asked : someOf(items)}`];
  const parallel = parallelOf(item);
  if (item.hasTurns)
    facts.push(
      parallel === 1 ? 'each through all blocks of the step' : `${parallel} at once, block by block`,
    );
  else facts.push(parallel === 1 ? 'one after the other' : `${parallel} at once`);
  if (hostsMustPass !== undefined && hostsMustPass !== 'all')
    facts.push(`${hostsMustPass} of them must pass`);
  return facts;
}

function someOf(names: readonly string[]): string {
  const rest = names.length - namedHosts;
  const some = names.slice(0, namedHosts).map(quoted);
  return listed(rest > 0 ? [...some, `${rest} more`] : some);
}

function conditionFacts({ when, check, follows }: Pick<BlockItem, 'when' | 'check' | 'follows'>): string[] {
  return [
    ...(when === undefined ? [] : [`only if ${shortened(when)}`]),
    ...(check === undefined
      ? []
      : [`${follows === undefined ? 'already done' : 'has run'} if ${shortened(check)}`]),
  ];
}

/** What it is: a file, a message, or code of a language. */
export function whatFacts(item: BlockItem): string[] {
  if (item.sends !== undefined) return [`a message to ${listed(item.sends.map(quoted))}`];
  return item.writes === undefined ? [item.language] : fileFacts(item, item.writes);
}

function blockFacts(item: BlockItem): StyledRun[] {
  const facts: string[] = whatFacts(item);
  if (item.risk === 'read') facts.push('only looks');
  facts.push(...conditionFacts(item));
  facts.push(...hostFacts(item));
  if (item.follows !== undefined) facts.push('follows what was changed');
  if (item.handlers !== undefined) facts.push(`then ${listed(item.handlers.map(quoted))}`);
  if (item.user !== undefined) facts.push(`as ${quoted(item.user)}`);
  if (item.cwd !== undefined) facts.push(`in ${quoted(item.cwd)}`);
  if (item.background) facts.push('in the background');
  if (item.interactive) facts.push('takes the whole terminal');
  if (item.timeoutMs !== undefined) facts.push(`at most ${writtenDuration(item.timeoutMs)}`);
  if (item.retries > 0) facts.push(`retried ${counted(item.retries, 'time')}, ${intervalWords(item)}`);
  if (item.exit.length === 255 && !item.exit.includes(0)) facts.push('any exit but 0 is good');
  else if (item.exit.some((code) => code !== 0)) facts.push(`exit ${item.exit.join(' or ')} is good`);
  if (item.looks) facts.push('goes on whatever it finds');
  else if (item.errexit === false) facts.push('goes on after a failing command');
  facts.push(...item.expect.map(expectationWords));
  for (const { name, part } of item.captures ?? [])
    facts.push(`sets ${quoted(name)}${part === undefined ? '' : ` from ${shortened(writtenPart(part))}`}`);
  return facts.map((fact) => styled(fact, { tone: 'muted' }));
}

/** What must come of a block, to stand among its facts. */
function expectationWords(expectation: Expectation): string {
  const where = isOfStderr(expectation) ? ' on stderr' : '';
  switch (expectation.type) {
    case 'text':
      return `must ${expectation.negated ? 'not ' : ''}print ${shortened(expectation.text)}${where}`;
    case 'regex':
      return `must ${expectation.negated ? 'not ' : ''}print ${shortened(`/${expectation.source}/${expectation.flags}`)}${where}`;
    case 'output':
      return 'must print what the page says';
    case 'similarity':
      return 'must print about what the page says';
    case 'json':
      return `must print JSON with ${shortened(expectation.expression)}`;
    case 'number':
      return `must print a number ${visibleText(expectation.comparison)}`;
  }
}

function shortened(text: string): string {
  return `\`${fitText(visibleText(text.trim()), longestFact)}\``;
}
