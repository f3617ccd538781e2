// Owns finding what of a plan could run something that a test does not let it run.

import { dirname } from 'node:path';
import { namedValue } from '../../../basics/named-values.ts';
import type { AllowedCommands, Escape } from '../../../languages/escapes/allowed-commands.ts';
import { findEscapes } from '../../../languages/escapes/find-escapes.ts';
import { languageOf } from '../../../languages/languages.ts';
import { functionDefinitions } from '../../../languages/shell/function-definitions.ts';
import type { BlockItem, Plan, PlanItem } from '../../../run/plan.ts';
import type { SecretSource } from '../../../runbook/front-matter/secret-source.ts';
import type { CaseRequest } from './case-request.ts';
import { isInside } from './is-inside.ts';
import { programsOfLanguages } from './reading-programs.ts';

/** What is looked at by itself. */
interface Code {
  readonly code: string;
  /** Such as "its `when`". */
  readonly what?: string;
}

/** Variables that rule what commands are. */
const ruling = /^(?:PATH|BASH_ENV|BASH_CMDS|LD_\w+|DYLD_\w+|PROMPT_COMMAND|PS[0-4])$/;

/** Looks at all code of a plan before anything of it is run. */
export class PlanGuard {
  readonly #allowed: AllowedCommands;
  readonly #plan: Plan;
  readonly #request: CaseRequest;
  /** Values of inputs that no block sets anew. */
  readonly #fixedInputs: ReadonlyMap<string, string>;

  constructor(plan: Plan, request: CaseRequest) {
    this.#plan = plan;
    this.#request = request;
    this.#fixedInputs = fixedInputs(plan, request);
    const assigned = assignedNames(plan);
    const given = new Map(
      (plan.inputs ?? []).map(({ name, default: preset }) => [name, request.inputs[name] ?? preset]),
    );
    const functions = new Set(
      plan.items.flatMap((item) =>
        item.kind === 'block' && isShell(item) ? functionDefinitions(item.code).map(({ name }) => name) : [],
      ),
    );
    const stubs = new Set(request.stubs);
    const names = new Set([...request.allowed, ...request.stubs, ...functions]);
    const paths = new Set(request.allowed.filter((name) => name.includes('/')));
    this.#allowed = {
      isThere: (name) => names.has(name),
      isAllowedPath: (path) => paths.has(path),
      isStub: (name) => stubs.has(name),
      fixedValue: (name) => this.#fixedInputs.get(name),
      valueInPath: (name) => (assigned.has(name) ? undefined : (given.get(name) ?? process.env[name])),
      isOwnFile: (path) => isInside(path, dirname(request.work)),
    };
  }

  /** Why the case is not to be run at all, in sentences. */
  refusals(items: readonly PlanItem[]): readonly string[] {
    return [
      ...this.#refusedVariables(),
      ...items.flatMap((item) => {
        const block = item.kind === 'block' ? item : item.kind === 'runbook' ? undefined : item.asking;
        if (block === undefined) return [];
        return item.kind === 'block'
          ? [...this.#refusedBlock(block), ...this.#refusedConditions(block)]
          : this.#refusedConditions(block);
      }),
    ];
  }

  /** What a block would do that it may not, with what other blocks have set by now; undefined where there is nothing. */
  escapeNow(item: BlockItem, captured: Readonly<Record<string, string>>): string | undefined {
    if (!isShell(item)) return undefined;
    const { valueInPath } = this.#allowed;
    const known: AllowedCommands = {
      ...this.#allowed,
      valueInPath: (name) => namedValue(captured, name) ?? valueInPath?.(name),
    };
    const [found] = findEscapes(item.code, known);
    if (found === undefined) return undefined;
    const what =
      found.type === 'unknown-command'
        ? `\`${found.why}\` is neither stubbed nor allowed`
        : `it ${found.why}`;
    return `${what} (line ${lineOf(item, found)})`;
  }

  /** What a block has set that is an input, and may be code: its value was looked at before. */
  setInput(captured: Readonly<Record<string, string>>): string | undefined {
    return Object.keys(captured).find((name) => this.#fixedInputs.has(name));
  }

  #refusedVariables(): readonly string[] {
    const { env, inputs = [], items } = this.#plan;
    const set = [
      ...Object.keys(env),
      ...inputs.map(({ name }) => name),
      ...items.flatMap((item) => {
        if (item.kind === 'manual') return item.ask === undefined ? [] : [item.ask.variable];
        if (item.kind !== 'block') return [];
        const names = [...Object.keys(item.env), ...(item.bindings ?? []).map(({ name }) => name)];
        return [...names, ...(item.captures ?? []).map(({ name }) => name), item.each?.name ?? ''];
      }),
    ];
    const commands = inputs.flatMap(({ name, defaultFrom, choicesFrom, when, secret }) => {
      const isGiven = Object.hasOwn(this.#request.inputs, name);
      const codes = [when, choicesFrom, ...(isGiven ? [] : [defaultFrom, commandOf(secret)])].filter(
        (one) => one !== undefined,
      );
      return codes.flatMap((code) =>
        findEscapes(code, this.#allowed).map((way) => `the input \`${name}\` ${words(way)}`),
      );
    });
    const names = [...new Set(set.filter((name) => ruling.test(name)))];
    return [
      ...names.map((name) => `\`${name}\` is set by the page, which says what commands are`),
      ...commands,
    ];
  }

  #refusedBlock(item: BlockItem): readonly string[] {
    if (item.sends !== undefined) return [];
    const where = `\`${item.address}\``;
    const places = [
      ...this.#refusedHosts(item),
      ...(item.user !== undefined && !this.#request.singleUser
        ? [
            `${where} runs as \`${item.user}\`, and a test has no other users: \`single-user\` runs it as this one`,
          ]
        : []),
    ];
    if (item.writes !== undefined) return [...places, ...this.#refusedFile(item)];
    if (!isShell(item)) return [...places, ...this.#refusedLanguage(item)];
    const unproven = findEscapes(item.code, this.#allowed).filter(({ type }) => type === 'unproven');
    return [...places, ...unproven.map((way) => `${where} ${words(way)} (line ${lineOf(item, way)})`)];
  }

  #refusedHosts({ address, hosts, hostsFrom }: BlockItem): readonly string[] {
    const { hosts: there } = this.#request;
    if (hostsFrom !== undefined && there.length === 0)
      return [`\`${address}\` runs on hosts, and the case has none: \`hosts\` names them`];
    const unknown = hosts.filter((name) => !there.includes(name));
    return unknown.map((name) => `\`${address}\` runs on \`${name}\`, which is none of the case's \`hosts\``);
  }

  #refusedFile({ address, writes, restores }: BlockItem): readonly string[] {
    if (restores !== undefined) return [];
    const path = writes?.path ?? '';
    const isOutside = path.startsWith('/') || path.startsWith('~') || /(?:^|\/)\.\.(?:\/|$)/.test(path);
    return isOutside ? [`\`${address}\` writes \`${path}\`, outside of its folder`] : [];
  }

  #refusedLanguage({ address, language }: BlockItem): readonly string[] {
    const { allowLanguages, stubs } = this.#request;
    const id = languageOf(language)?.id ?? language;
    if (allowLanguages.includes(language) || allowLanguages.includes(id)) return [];
    const [own] = this.#plan.interpreters[language] ?? [];
    const programs = own === undefined ? (programsOfLanguages[id] ?? []) : [own];
    if (programs.some((name) => stubs.includes(name))) return [];
    return [
      `\`${address}\` is \`${language}\`, which nobody reads here: stub what runs it, or \`allow-languages\``,
    ];
  }

  #refusedConditions(item: BlockItem): readonly string[] {
    const codes: readonly Code[] = [
      ...(item.when === undefined ? [] : [{ code: item.when, what: 'its `when`' }]),
      ...(item.check === undefined ? [] : [{ code: item.check, what: 'its `check`' }]),
      ...(item.hostsFrom === undefined ? [] : [{ code: item.hostsFrom, what: 'its `hosts-from`' }]),
      ...(item.each?.from === undefined ? [] : [{ code: item.each.from, what: 'its `each-from`' }]),
      ...(item.writes?.validate === undefined
        ? []
        : [{ code: item.writes.validate, what: 'its `validate`' }]),
    ];
    return codes.flatMap(({ code, what }) =>
      findEscapes(code, this.#allowed).map((way) => `\`${item.address}\`: ${what} ${words(way)}`),
    );
  }
}

function fixedInputs(plan: Plan, request: CaseRequest): ReadonlyMap<string, string> {
  const blocks = plan.items.filter((item) => item.kind === 'block');
  const code = blocks.map((item) => [item.code, item.when, item.check].join('\n')).join('\n');
  const set = new Set([
    ...Object.keys(plan.env),
    ...blocks.flatMap((item) => [...Object.keys(item.env), ...(item.captures ?? []).map(({ name }) => name)]),
    ...plan.items.flatMap((item) => (item.kind === 'manual' && item.ask ? [item.ask.variable] : [])),
  ]);
  return new Map(
    (plan.inputs ?? []).flatMap(({ name, default: preset }) => {
      const value = request.inputs[name] ?? preset;
      const isNamed = new RegExp(`(?<![\\w$]|\\$\\{)${name}(?!\\w)`).test(code);
      return value === undefined || isNamed || set.has(name) || !/^\w+$/.test(name) ? [] : [[name, value]];
    }),
  );
}

/** Names that code assigns, or reads into: they may be anything by the time that they are used. */
function assignedNames({ items }: Plan): ReadonlySet<string> {
  const code = items.map((item) => (item.kind === 'block' ? item.code : '')).join('\n');
  const assigned = [...code.matchAll(/\b([A-Za-z_]\w*)\+?=/g)].map(([, name = '']) => name);
  const readers = code.matchAll(/\b(?:read|for|mapfile|readarray|getopts|printf\s+-v)\b([^\n;]*)/g);
  return new Set([
    ...assigned,
    ...[...readers].flatMap(([, words = '']) => words.match(/[A-Za-z_]\w*/g) ?? []),
  ]);
}

function commandOf(secret: SecretSource | undefined): string | undefined {
  return secret?.type === 'command' ? secret.command : undefined;
}

function words({ type, why }: Escape): string {
  return type === 'unknown-command' ? `runs \`${why}\`, which is neither stubbed nor allowed` : why;
}

function isShell(item: BlockItem): boolean {
  if (item.writes !== undefined || item.sends !== undefined) return false;
  const language = languageOf(item.language);
  return language?.family === 'shell' && language.id !== 'fish';
}

function lineOf({ code, codeLines, line }: BlockItem, { start }: Escape): number {
  const at = code.slice(0, start).split('\n').length - 1;
  return codeLines?.[at] ?? line + 1 + at;
}
