// Owns how a run comes by the values of its inputs: options, files, the environment, commands, and asking for the rest.
import { dirname, resolve } from 'node:path';
import { namedValue, namedValues } from '../../basics/named-values.ts';
import { fail, ok, type Result } from '../../basics/result.ts';
import { saysSecret } from '../../basics/says-secret.ts';
import { homeFolder } from '../../engine/files/home-folder.ts';
import { askInputCondition, runInputCommand } from '../../engine/processes/input-command.ts';
import { findEffect } from '../../languages/commands/find-effect.ts';
import type { OfferedInput } from '../../run/inputs/offered-input.ts';
import {
  checkInput,
  type InputOrigin,
  type InputSources,
  inputVariables,
  readyInputs,
  resolveInputs,
  unknownInputs,
} from '../../run/inputs/resolve-inputs.ts';
import { isSecretValue } from '../../run/masking/is-secret-value.ts';
import type { InputDeclaration } from '../../runbook/runbook.ts';
import type { SourceFile } from '../../text/source-file.ts';
import type { SurfaceName } from '../choose-surface.ts';
import { definedEnvironment } from '../defined-environment.ts';
import { exitCode } from '../exit-code.ts';
import { complain } from '../report-diagnostics.ts';
import { askForInputs } from './ask-for-inputs.ts';
import { inputFolder } from './input-folder.ts';
import { inputsWithSecrets, secretsBeforeRun } from './inputs-with-secrets.ts';
import { reportMissingInputs } from './report-missing-inputs.ts';
import { readStoredSecrets } from './stored-secrets.ts';

/** Where values may come from, and who can be asked for the others. */
export interface InputRequest {
  readonly set: Readonly<Record<string, string>>;
  /** What the file of `--inputs` holds. */
  readonly file: Readonly<Record<string, string>>;
  /** The surface that asks; absent where nobody can be asked. */
  readonly ask?: SurfaceName;
  /** The runbook's, for the form. */
  readonly title: string;
  /** The opened runbook, for the places of what has no value, and the folder in which commands run. */
  readonly source: SourceFile;
  /** Every input that can be given; those of blocks that are not chosen are given in vain. */
  readonly known: readonly InputDeclaration[];
  /** Answers of earlier runs, offered where something is asked. */
  readonly remembered: Readonly<Record<string, string>>;
  /** True where nothing may be run, not even for an input, and where what has no value may stay without one. */
  readonly dryRun?: boolean;
  /** True where nobody is there and only what looks may be run. */
  readonly looksOnly?: boolean;
}

/** Every value that a run is given before it begins. */
export interface SettledInputs {
  /** Plain values; secrets are never among them. */
  readonly values: Readonly<Record<string, string>>;
  /** Where each of them comes from. */
  readonly origins: Readonly<Record<string, InputOrigin>>;
  /** Secrets by name; they live in this process and in its children's environment only. */
  readonly secrets: Readonly<Record<string, string>>;
}

/** All values, or the exit code after everything that is wrong was said. */
export async function settleInputs(
  declarations: readonly InputDeclaration[],
  request: InputRequest,
): Promise<Result<SettledInputs, number>> {
  const sources: InputSources = { set: request.set, file: request.file, environment: process.env };
  const unknown = unknownInputs(request.known, sources);
  if (unknown.length > 0) return refuse(unknown);
  const settler = new InputSettler(declarations, request, sources);
  return settler.settle();
}

function refuse(problems: readonly string[]): Result<never, number> {
  for (const problem of problems) complain(problem);
  return fail(exitCode.usage);
}

/** Origins of values that somebody has thought of for this very run. */
const givenByHand: readonly InputOrigin[] = ['set', 'file', 'over-export', 'asked'];

/** Goes through the inputs in rounds: what waits for an answer waits for the next one. */
class InputSettler {
  readonly #declarations: readonly InputDeclaration[];
  readonly #request: InputRequest;
  readonly #sources: InputSources;
  readonly #values = namedValues<string>();
  readonly #origins = namedValues<InputOrigin>();
  readonly #secrets = namedValues<string>();

  constructor(declarations: readonly InputDeclaration[], request: InputRequest, sources: InputSources) {
    this.#declarations = declarations;
    this.#request = request;
    this.#sources = sources;
  }

  async settle(): Promise<Result<SettledInputs, number>> {
    let pending = this.#declarations;
    while (pending.length > 0) {
      const ready = readyInputs(pending);
      const settled = await this.#settleRound(ready);
      if (!settled.ok) return settled;
      pending = pending.filter((declaration) => !ready.includes(declaration));
    }
    this.#withhold();
    return ok({ values: this.#values, origins: this.#origins, secrets: this.#secrets });
  }

  /** A value that holds a secret is one: it is neither shown nor kept, and asked for again after a pause. */
  #withhold(): void {
    const known = secretsBeforeRun(this.#declarations, this.#secrets, definedEnvironment());
    const settled = { values: this.#values, origins: this.#origins };
    for (const name of inputsWithSecrets(this.#declarations, settled, known)) {
      this.#secrets[name] = this.#values[name] ?? '';
      delete this.#values[name];
      delete this.#origins[name];
    }
  }

  async #settleRound(ready: readonly InputDeclaration[]): Promise<Result<void, number>> {
    const computed: InputDeclaration[] = [];
    for (const declaration of ready) {
      const done = this.#request.dryRun ? ok(withoutCommands(declaration)) : this.#compute(declaration);
      if (!done.ok) return refuse([done.error]);
      if (done.value) computed.push(done.value);
    }
    const resolved = resolveInputs(computed, this.#sources);
    if (resolved.problems.length > 0) return refuse(resolved.problems);
    for (const [name, value] of Object.entries(resolved.values))
      this.#take(computed, name, value, resolved.origins[name] ?? 'default');
    if (this.#request.dryRun) return ok(undefined);
    const stored = await readStoredSecrets(resolved.secrets, this.#request.source.path);
    if (!stored.ok) return stored;
    Object.assign(this.#secrets, stored.value.secrets);
    this.#withhold();
    const open = new Set([...resolved.missing, ...stored.value.unset]);
    const toAsk = computed.filter((declaration) => open.has(declaration) || this.#isGuess(declaration));
    if (this.#request.ask === undefined && toAsk.length > 0)
      return fail(reportMissingInputs(toAsk, this.#request.source));
    return this.#ask(computed, new Set(toAsk));
  }

  /** The input with its choices and default as they are now; undefined where its condition does not hold. */
  #compute(declaration: InputDeclaration): Result<InputDeclaration | undefined, string> {
    const { name, when, choicesFrom, defaultFrom } = declaration;
    const commands = [when, choicesFrom, this.#isGiven(name) ? undefined : defaultFrom];
    const changing = commands.find(
      (command) => command !== undefined && findEffect(command, 'sh', 'changes') !== undefined,
    );
    if (this.#request.looksOnly && changing !== undefined)
      return fail(`input \`${name}\`: \`${changing}\` changes something, and this run may only look`);
    if (when !== undefined) {
      const holds = askInputCondition(this.#command(declaration, when));
      if (!holds.ok) return fail(`input \`${name}\`: its condition \`${when}\` ${holds.error}`);
      if (!holds.value) return ok(undefined);
    }
    let computed = declaration;
    if (choicesFrom !== undefined) {
      const listed = runInputCommand(this.#command(declaration, choicesFrom));
      if (!listed.ok) return fail(`input \`${name}\`: the command of its choices ${listed.error}`);
      const choices = [...new Set(listed.value.split(/\r?\n/).map((line) => line.trim()))].filter(Boolean);
      if (choices.length === 0) return fail(`input \`${name}\`: the command of its choices printed none`);
      computed = { ...computed, choices };
    }
    if (defaultFrom !== undefined && !this.#isGiven(name)) {
      const preset = runInputCommand(this.#command(declaration, defaultFrom));
      if (!preset.ok) return fail(`input \`${name}\`: the command of its default ${preset.error}`);
      if (preset.value !== '') computed = { ...computed, default: preset.value };
    }
    return ok(computed);
  }

  #isGiven(name: string): boolean {
    const { set, file, environment } = this.#sources;
    return [set, file, environment].some((source) => namedValue(source, name) !== undefined);
  }

  /** Commands see the inputs before theirs, in the folder of their runbook; secrets are not for them. */
  #command(declaration: InputDeclaration, command: string) {
    const cwd = inputFolder(declaration, this.#request.source.path);
    return {
      command,
      cwd,
      env: { ...definedEnvironment(), ...inputVariables(this.#declarations, this.#values) },
    };
  }

  /** What a table says of a placeholder is a guess at what is meant: a person who is there sees it first. */
  #isGuess({ name, placeholder }: InputDeclaration): boolean {
    return this.#request.ask !== undefined && placeholder !== undefined && this.#origins[name] === 'default';
  }

  /** Shows all of them to a person who is there, unless each was given with the command and none is missing. */
  async #ask(
    inputs: readonly InputDeclaration[],
    open: ReadonlySet<InputDeclaration>,
  ): Promise<Result<void, number>> {
    const { ask, title } = this.#request;
    const isDecided = open.size === 0 && inputs.every(({ name }) => this.#isGivenByHand(name));
    if (ask === undefined || isDecided) return ok(undefined);
    const offered = inputs.map((input) => this.#offer(input, open.has(input)));
    const answers = await askForInputs(offered, ask, title);
    if (!answers.ok) return answers;
    for (const { name, secret } of inputs) {
      const answer = namedValue(answers.value, name);
      if (answer === undefined) continue;
      if (secret) this.#secrets[name] = answer;
      else this.#take(inputs, name, answer, 'asked');
    }
    return ok(undefined);
  }

  #isGivenByHand(name: string): boolean {
    const origin = namedValue(this.#origins, name);
    return Object.hasOwn(this.#secrets, name) || (origin !== undefined && givenByHand.includes(origin));
  }

  /** The input with what it has so far; no value of a secret is handed on. */
  #offer(declaration: InputDeclaration, isOpen: boolean): OfferedInput {
    const { name, default: _, ...bare } = declaration;
    if (isOpen) return { declaration: this.#withRemembered(declaration) };
    if (Object.hasOwn(this.#secrets, name))
      return { declaration: { ...bare, name, secret: bare.secret ?? { type: 'prompt' } }, origin: 'secret' };
    const value = namedValue(this.#values, name);
    if (value === undefined) return { declaration: { ...bare, name }, origin: 'unset' };
    return {
      declaration: { ...bare, name, default: value },
      origin: namedValue(this.#origins, name) ?? 'default',
    };
  }

  #withRemembered(declaration: InputDeclaration): InputDeclaration {
    const value = namedValue(this.#request.remembered, declaration.name);
    // What the runbook no longer takes is no help.
    const fits = value !== undefined && !declaration.secret && checkInput(declaration, value).ok;
    const known = secretsBeforeRun(this.#declarations, this.#secrets, definedEnvironment());
    return fits && !known.redactor.reveals(value) ? { ...declaration, default: value } : declaration;
  }

  #take(declarations: readonly InputDeclaration[], name: string, value: string, origin: InputOrigin): void {
    const declaration = declarations.find((one) => one.name === name);
    if (origin !== 'default' && !declaration?.isPublic && saysSecret(name) && isSecretValue(value)) {
      this.#secrets[name] = value;
      return;
    }
    const isTyped = origin === 'set' || origin === 'asked' || origin === 'file';
    this.#values[name] = declaration?.type === 'path' && isTyped ? this.#pathFrom(value) : value;
    this.#origins[name] = origin;
  }

  /** A path that somebody types means what it means where they are; blocks start in the runbook's folder. */
  #pathFrom(value: string): string {
    const home = value.replace(/^~(?=\/|$)/, homeFolder());
    const isThere = process.cwd() === dirname(resolve(this.#request.source.path));
    return isThere || home === '' ? home : resolve(home);
  }
}

/** What a dry run can know of an input: all that no command has to say. */
function withoutCommands(declaration: InputDeclaration): InputDeclaration {
  const { when, defaultFrom, default: preset } = declaration;
  if (when !== undefined) return { ...declaration, required: false };
  return defaultFrom !== undefined && preset === undefined ? { ...declaration, required: true } : declaration;
}
