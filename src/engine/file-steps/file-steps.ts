// Owns writing the files of blocks on one machine: looking, comparing, writing, and putting the old file back.
import { fail, ok, type Result } from '../../basics/result.ts';
import { toByteText } from '../../languages/shell/byte-text.ts';
import { shellQuote } from '../../languages/shell/shell-quote.ts';
import type { FailureReason } from '../../run/event.ts';
import type { ExecutionRequest, ExecutionResult, FileComparison } from '../../run/executor.ts';
import type { FileChange } from '../../run/files/file-change.ts';
import { newContent } from '../../run/files/new-content.ts';
import { type RenderedChange, renderChange } from '../../run/files/render-change.ts';
import type { SavedState } from '../../run/files/saved-state.ts';
import type { KnownSecrets } from '../../run/masking/known-secrets.ts';
import { type MaskedBytes, ownText, storedBytes } from '../../run/masking/redactor.ts';
import type { FileStep } from '../../runbook/file-step.ts';
import { answer, maskReason, notStarted, withoutSecrets } from '../attempts/answer.ts';
import { failureOf } from '../attempts/failure-of.ts';
import type { MachineAttempts } from '../attempts/machine-attempts.ts';
import type { Attempt } from '../attempts/run-attempt.ts';
import { MemoryOutput } from '../output/output-store.ts';
import { digestOf, type KeptFile, type KeptFiles } from './kept-file.ts';
import { largestBytes, lookScript, pathWord } from './look-script.ts';
import { type FoundFile, type Look, readLook } from './read-look.ts';
import { type Refusal, refusals } from './refusals.ts';
import { removeScript, writeScript } from './write-script.ts';

/** Fields before the bytes of a file. */
const headBytes = 64 * 1024;

export interface FileStepsContext {
  readonly attempts: MachineAttempts;
  readonly secrets: KnownSecrets;
  readonly kept: KeptFiles;
  /** Tells the run from all others. */
  readonly run: string;
}

/** What a file is to become. */
interface Wanted {
  readonly path: string;
  readonly now: FoundFile | undefined;
  readonly bytes: Uint8Array;
  readonly mode: number;
  /** As `chown` takes it; absent where it stays, or is whoever writes it. */
  readonly owner?: string;
  readonly isSame: boolean;
}

type Failure = FailureReason<string>;

const binary = ownText('the contents differ, and one of them is not valid text');

export class FileSteps {
  readonly #context: FileStepsContext;

  constructor(context: FileStepsContext) {
    this.#context = context;
  }

  /** As in the port of the executor; the code of the request is the text with all its values. */
  async compare(request: ExecutionRequest): Promise<FileComparison> {
    const wanted = await this.#wantedBy(request);
    const { redactor } = this.#context.secrets;
    if (!wanted.ok) return { ok: false, reason: maskReason(wanted.error, redactor) };
    const { path, now, bytes, isSame } = wanted.value;
    const before = this.#read(request.kept);
    const isForeign =
      request.kept !== undefined && !isSame && (before === undefined || !isAsKept(before, now));
    const change = this.#changeOf(wanted.value, isForeign);
    if (isSame || isForeign) return { ok: true, change };
    const file: KeptFile = {
      path,
      ...(now !== undefined && { old: keptOf(now) }),
      now: digestOf(bytes),
    };
    return { ok: true, change, kept: this.#context.kept.keep(file) };
  }

  /** Writes the file of a block, or puts the old one back. */
  async run(request: ExecutionRequest): Promise<ExecutionResult> {
    const ran = await (request.item.restores === undefined ? this.#write(request) : this.#restore(request));
    return withoutSecrets(ran, this.#context.secrets.redactor);
  }

  async #write(request: ExecutionRequest): Promise<ExecutionResult<string>> {
    const store = this.#context.attempts.openStore(request);
    const refuse = (reason: Failure): ExecutionResult<string> => refused(store, reason);
    const kept = this.#read(request.kept);
    if (kept === undefined) return refuse(notWritten('nothing was kept of the old file'));
    const wanted = await this.#wantedBy(request);
    if (!wanted.ok) return refuse(wanted.error);
    const { path, now, bytes, mode, owner } = wanted.value;
    if (path !== kept.path || digestOf(bytes) !== kept.now || !isAsKept(kept, now))
      return refuse(notWritten(`\`${path}\` has changed since it was looked at`));
    const { validate } = request.item.writes ?? {};
    const text = writeScript({
      path,
      nonce: this.#nonceOf(request),
      bytes: bytes.length,
      mode,
      ...(now !== undefined && { checksum: now.checksum }),
      ...(owner !== undefined && { owner }),
      ...(validate !== undefined && { validate }),
    });
    const prologue = prologueOf(this.#changeOf(wanted.value, false));
    return this.#finish(request, store, { path, text, input: bytes, prologue });
  }

  async #restore(request: ExecutionRequest): Promise<ExecutionResult<string>> {
    const store = this.#context.attempts.openStore(request);
    const refuse = (reason: Failure): ExecutionResult<string> => refused(store, reason);
    if (request.kept === undefined)
      return this.#finish(request, store, { path: '', text: ':', input: new Uint8Array() });
    const kept = this.#read(request.kept);
    if (kept === undefined) return refuse(notWritten('what was kept of the old file is gone'));
    const { path, old } = kept;
    const look = await this.#lookAt(request, shellQuote(toByteText(path)), path);
    if (!look.ok) return refuse(look.error);
    const { file } = look.value;
    const bytes = old === undefined ? new Uint8Array() : Buffer.from(old.base64, 'base64');
    const isBack =
      file === undefined
        ? old === undefined
        : old !== undefined && digestOf(file.bytes) === digestOf(bytes) && isOf(file, old);
    const isOurs = look.value.path === path && file !== undefined && digestOf(file.bytes) === kept.now;
    const change = this.#changeOf(
      { path, now: file, bytes, mode: old?.mode ?? 0, isSame: isBack },
      !isBack && !isOurs,
    );
    if (isBack || file === undefined || !isOurs) {
      if (isBack) return this.#finish(request, store, { path, text: ':', input: bytes });
      return refuse(notWritten(`\`${path}\` has changed since it was written, and is left as it is`));
    }
    if (file.hasAcl && old !== undefined) return refuse(refusal('acl', path));
    const text =
      old === undefined
        ? removeScript(path, this.#nonceOf(request), file.checksum)
        : writeScript({
            path,
            nonce: this.#nonceOf(request),
            checksum: file.checksum,
            bytes: bytes.length,
            mode: old.mode,
            owner: `${old.user}:${old.group}`,
          });
    return this.#finish(request, store, { path, text, input: bytes, prologue: prologueOf(change) });
  }

  /** Runs the script that changes the world, and judges how it ended. */
  async #finish(
    request: ExecutionRequest,
    store: ReturnType<MachineAttempts['openStore']>,
    script: { path: string; text: string; input: Uint8Array; prologue?: MaskedBytes },
  ): Promise<ExecutionResult<string>> {
    const { path, prologue } = script;
    const attempt = await this.#context.attempts.runScript(
      request,
      script,
      store,
      prologue === undefined ? {} : { prologue },
    );
    if ('startFailure' in attempt) return refused(store, { type: 'spawn', message: attempt.startFailure });
    const said = saidBy(attempt, path, request.item.writes);
    return answer(
      { attempt, store },
      said ?? failureOf(attempt, { ...request, item: plain(request) }, false),
    );
  }

  /** What the file is to become, by what stands there now. */
  async #wantedBy(request: ExecutionRequest): Promise<Result<Wanted, Failure>> {
    const step = request.item.writes;
    if (step === undefined) return fail(notWritten('the block names no file'));
    const look = await this.#lookAt(request, pathWord(step.path), step.path);
    if (!look.ok) return look;
    const { path, file, newMode } = look.value;
    const old = file === undefined ? undefined : textOf(file.bytes);
    if (step.place !== undefined && file !== undefined && old === undefined)
      return fail(notWritten(`\`${path}\` is not valid UTF-8, so that nothing can be put in`));
    const text = request.code === '' || request.code.endsWith('\n') ? request.code : `${request.code}\n`;
    const content = newContent(step.place, text, old);
    if (!content.ok) return fail(notWritten(`\`${path}\`: ${content.error}`));
    const bytes = new TextEncoder().encode(content.value);
    if (bytes.length > largestBytes) return fail(notWritten(`\`${path}\` would be too large`));
    const mode = step.mode ?? file?.mode ?? newMode;
    const isOwned = file !== undefined && isOwner(file, step.owner);
    const owner =
      step.owner !== undefined ? step.owner : file === undefined ? undefined : `${file.user}:${file.group}`;
    const isSame =
      file !== undefined && mode === file.mode && isOwned && digestOf(file.bytes) === digestOf(bytes);
    if (file?.hasAcl && !isSame) return fail(refusal('acl', path));
    return ok({
      path,
      now: file,
      bytes,
      mode,
      isSame,
      ...(owner !== undefined && { owner }),
    });
  }

  async #lookAt(request: ExecutionRequest, word: string, shown: string): Promise<Result<Look, Failure>> {
    const attempt = await this.#context.attempts.runScript(
      { ...request, onOutput: () => {}, beforeCode: async () => {} },
      { text: lookScript(word), input: new Uint8Array() },
      new MemoryOutput(0),
      { rawStdoutLimit: largestBytes + headBytes },
    );
    if ('startFailure' in attempt) return fail({ type: 'spawn', message: attempt.startFailure });
    const said = saidBy(attempt, shown, request.item.writes);
    const failure = said ?? failureOf(attempt, { ...request, item: plain(request) }, false);
    if (failure !== undefined) return fail(failure);
    const look = readLook(attempt.rawStdout);
    if (look === undefined)
      return fail(notWritten(`nobody can say what \`${shown}\` is: \`ls\` tells it otherwise`));
    if ((look.file?.names ?? 1) > 1) return fail(refusal('names', look.path));
    return ok(look);
  }

  #changeOf({ path, now, bytes, mode, owner, isSame }: Wanted, isForeign: boolean): FileChange {
    const { redactor } = this.#context.secrets;
    const texts = [now?.bytes ?? new Uint8Array(), bytes].map(textOf);
    const [before, after] = texts;
    const rendered: RenderedChange =
      before === undefined || after === undefined
        ? { added: 0, removed: 0, ...(!isSame && { lines: binary }) }
        : renderChange(before, after, redactor);
    const { added, removed, lines } = rendered;
    const owners = now === undefined ? owner : ownerWords(now, owner);
    const isNewMode = now === undefined || now.mode !== mode;
    return {
      path: redactor.redactText(path),
      state: isForeign ? 'foreign' : isSame ? 'same' : now === undefined ? 'new' : 'changed',
      added,
      removed,
      ...(lines !== undefined && { difference: lines }),
      ...(isNewMode && {
        mode: { ...(now !== undefined && { from: octal(now.mode) }), to: octal(mode) },
      }),
      ...(typeof owners === 'string' && { owner: { to: owners } }),
      ...(typeof owners === 'object' && { owner: owners }),
    };
  }

  #nonceOf({ item }: ExecutionRequest): string {
    const text = `${this.#context.run} ${item.restores ?? item.address}`;
    return digestOf(new TextEncoder().encode(text)).slice(0, 12);
  }

  #read(kept: SavedState | undefined): KeptFile | undefined {
    if (kept === undefined) return undefined;
    try {
      return this.#context.kept.read(kept);
    } catch {
      return undefined;
    }
  }
}

/** What a script of ours says that kept it from its work. */
function saidBy({ outputFile, endedBy }: Attempt, path: string, step?: FileStep): Failure | undefined {
  if (outputFile === undefined || endedBy !== 'itself') return undefined;
  const [word = '', code = ''] = outputFile.trim().split(' ');
  if (word === 'validate') {
    const command = step?.validate ?? '';
    return notWritten(`\`${command}\` ended with exit ${code} on the new file, and the old one stays`);
  }
  if (!Object.hasOwn(refusals, word)) return undefined;
  return refusal(word as Refusal, path);
}

function refusal(word: Refusal, path: string): Failure {
  const help = word === 'no-folder' ? '; make it before, with `mkdir -p`' : '';
  const isWritten = word === 'folder-device';
  return {
    type: 'file',
    message: `\`${path}\`: ${refusals[word]}${help}`,
    ...(isWritten && { isWritten }),
  };
}

function notWritten(message: string): Failure {
  return { type: 'file', message };
}

function refused(store: ReturnType<MachineAttempts['openStore']>, reason: Failure): ExecutionResult<string> {
  store.close();
  return { ...notStarted(store, ''), ok: false, reason };
}

/** The script of ours ends with 0, whatever the block would count as success. */
function plain({ item }: ExecutionRequest): ExecutionRequest['item'] {
  return { ...item, exit: [0] };
}

function prologueOf({ difference, mode, owner }: FileChange): MaskedBytes {
  const lines = [
    ...(mode?.from === undefined ? [] : [`mode ${mode.from} → ${mode.to}`]),
    ...(owner?.from === undefined ? [] : [`owner ${owner.from} → ${owner.to}`]),
    ...(difference === undefined ? [] : [difference]),
  ];
  return storedBytes(new TextEncoder().encode(lines.map((line) => `${line}\n`).join('')));
}

function keptOf({ bytes, mode, user, group }: FoundFile): NonNullable<KeptFile['old']> {
  return { base64: Buffer.from(bytes).toString('base64'), mode, user, group };
}

/** Whether the file is what it was when it was kept. */
function isAsKept({ old }: KeptFile, now: FoundFile | undefined): boolean {
  if (old === undefined || now === undefined) return old === undefined && now === undefined;
  return Buffer.from(now.bytes).toString('base64') === old.base64 && isOf(now, old);
}

function isOf(file: FoundFile, old: NonNullable<KeptFile['old']>): boolean {
  return file.mode === old.mode && isOwnedBy(file, old);
}

function isOwnedBy({ user, group }: FoundFile, old: Pick<FoundFile, 'user' | 'group'>): boolean {
  return user === old.user && group === old.group;
}

function isOwner(file: FoundFile, owner: string | undefined): boolean {
  const [user = '', group = ''] = (owner ?? '').split(':');
  return (
    (user === '' || user === file.user || user === file.userName) &&
    (group === '' || group === file.group || group === file.groupName)
  );
}

/** Nothing where it stays as it is. */
function ownerWords(file: FoundFile, owner: string | undefined) {
  if (isOwner(file, owner)) return undefined;
  return { from: `${file.userName}:${file.groupName}`, to: owner ?? '' };
}

function octal(mode: number): string {
  return mode.toString(8).padStart(4, '0');
}

/** Undefined where it is no text. */
function textOf(bytes: Uint8Array): string | undefined {
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    return text.includes('\0') ? undefined : text;
  } catch {
    return undefined;
  }
}
