// Owns what a code block is: code that is run, or something that is shown, whatever its label says.

import type { LanguageFamily } from '../../languages/languages.ts';
import { type CodeVerdict, judgeCode } from '../../languages/recognition/judge-code.ts';
import { judgeScript } from '../../languages/recognition/judge-script.ts';
import { looksLikeCommand } from '../../languages/recognition/looks-like-command.ts';
import { splitTranscript, type Transcript } from '../../languages/recognition/split-transcript.ts';
import type { Doubt } from '../doubts/doubt.ts';
import type { LeadIn } from '../prose/lead-in.ts';
import { writesFile } from '../prose/writes-file.ts';
import type { Attributes } from '../runbook.ts';

/** What was found out about the code of a block. */
export interface CodeReading {
  /** Present when prompted lines were told apart from the output shown below them. */
  readonly transcript?: Transcript;
  /** Why it is shown and not run although its label can be run: what it is. */
  readonly shown?: string;
  /** What has to be settled before it is run. */
  readonly doubt?: CodeDoubt;
  /** It has no label, and is commands all the same. */
  readonly isUnlabelledCode?: true;
}

/** A doubt without its place; what it does not say is that of its kind. */
export type CodeDoubt = Pick<Doubt, 'code'> &
  Partial<Pick<Doubt, 'text'>> & {
    /** The line of the code that gives rise to it, from 0; absent for all of the block. */
    readonly line?: number;
  };

/** A block as far as it counts here. */
export interface LabelledCode {
  readonly code: string;
  /** Absent for a block without a label. */
  readonly family: LanguageFamily | undefined;
  /** The canonical name of its language, where the table knows it. */
  readonly language?: string;
  /** Its label says that it is a transcript. */
  readonly isTranscript: boolean;
  readonly attributes: Attributes;
}

/** Reads what a block is, by its lines and by the words before it. */
export function readCode(block: LabelledCode, leadInOf: () => LeadIn | undefined): CodeReading {
  const { code, family, attributes } = block;
  if (code.trim() === '') return {};
  const isTold = saysThatItRuns(attributes);
  const isUnlabelled = family === undefined;
  const transcript = splitTranscript(code, block.isTranscript || isUnlabelled);
  const typed = transcript !== undefined && isFor(transcript.reader, family) ? { transcript } : {};
  if (isTold) return typed;
  if (transcript !== undefined && typed.transcript === undefined)
    return isUnlabelled ? {} : { shown: `what was typed into \`${transcript.reader}\`` };
  const leadIn = leadInOf();
  if (transcript !== undefined) return { ...typed, ...readTranscript(transcript, block, leadIn) };
  // A script that is run where it stands begins with no such line below the name of its file.
  if (leadIn?.is === 'file' && /^#!\s*\S/.test(code)) return { shown: fileContent };
  if (isUnlabelled) return readUnlabelled(code, leadIn);
  if (family === 'shell') return readShellCode(judgeCode(code), block, leadIn);
  return family === 'http' ? {} : readScript(code, block.language ?? '', leadIn);
}

/** An attribute that only makes sense for what is run, or the word `run` itself. A name alone says nothing. */
function saysThatItRuns(attributes: Attributes): boolean {
  return Object.keys(attributes).some((key) => key !== 'name');
}

const clientsOfSql = new Set(['mysql', 'psql', 'sqlite', 'sql']);

/** Whether what was typed behind such prompts is code in the language of the block. */
function isFor(reader: string, family: LanguageFamily | undefined): boolean {
  if (family === 'sql') return clientsOfSql.has(reader);
  if (family === 'interpreter') return ['python', 'irb', 'powershell', 'node'].includes(reader);
  return reader === 'shell';
}

function readTranscript(
  { places }: Transcript,
  { family }: LabelledCode,
  leadIn: LeadIn | undefined,
): Pick<CodeReading, 'doubt' | 'isUnlabelledCode'> {
  const isUnlabelled = family === undefined && { isUnlabelledCode: true as const };
  if (family !== 'sql' && family !== 'interpreter' && places.length > 0) {
    const named = places.map((place) => `\`${place}\``).join(' and ');
    return {
      doubt: {
        code: 'session',
        text: `its prompts are those of ${named}, and it would run here`,
      },
      ...isUnlabelled,
    };
  }
  if (leadIn?.is === 'output' && leadIn.isCertain) return { doubt: asCode(outputWords), ...isUnlabelled };
  return family === undefined ? { doubt: unlabelled, isUnlabelledCode: true } : {};
}

const outputWords = 'the words before it say that it is output';
const fileContent = 'the content of a file';
const fileWords = 'the words before it say that it is the content of a file';

const unlabelled: CodeDoubt = { code: 'unlabelled' };

function asCode(text: string, line?: number): CodeDoubt {
  return { code: 'output-as-code', text, ...(line !== undefined && { line }) };
}

function readUnlabelled(code: string, leadIn: LeadIn | undefined): CodeReading {
  const verdict = judgeCode(code);
  if (verdict.is !== 'commands' || !verdict.isKnown || leadIn?.isCertain) return {};
  return { isUnlabelledCode: true, doubt: unlabelled };
}

function readShellCode(verdict: CodeVerdict, block: LabelledCode, leadIn: LeadIn | undefined): CodeReading {
  // A program that nobody knows can have any name.
  if (verdict.is === 'no commands')
    return verdict.shape === 'text' && leadIn === undefined
      ? { doubt: asCode('nothing in it is written as a command') }
      : { shown: verdict.shape };
  if (leadIn?.is === 'output') {
    if (!verdict.isKnown) return { shown: 'output' };
    if (leadIn.isCertain) return { doubt: asCode(outputWords) };
  }
  if (leadIn?.is === 'file') {
    const read = readContent(block.code, verdict.isKnown, leadIn);
    if (read !== undefined) return read;
  }
  if (verdict.is === 'mixed') {
    const { shape, line } = verdict;
    if (shape === 'elision') return { doubt: asCode('something is left out here', line) };
    return { doubt: asCode(`this line is ${shape === 'text' ? 'no command' : shape}`, line) };
  }
  if (isBehindMarks(block.code))
    return { doubt: asCode('its lines begin with `>`, as those behind a prompt do') };
  if (!verdict.isKnown && block.isTranscript)
    return { doubt: asCode('no prompt tells its commands from output') };
  return {};
}

/** `>npm -v` writes to a file `npm`: a prompt that is copied without its blank. */
function isBehindMarks(code: string): boolean {
  if (!/^[ \t]*>\w/m.test(code)) return false;
  const lines = code.split('\n').filter((line) => !/^\s*(?:#|$)/.test(line));
  return lines.every((line) => /^\s*>\w/.test(line) && looksLikeCommand(line.trim().slice(1)));
}

/** Lines below words that lead to the content of a file; undefined where they are commands that write it. */
function readContent(
  code: string,
  isKnown: boolean,
  { isCertain, isLikely, names = [] }: LeadIn,
): CodeReading | undefined {
  const isSaid = isCertain || isLikely === true;
  if (writesFile(code, isSaid ? names : [])) return undefined;
  // They write something, and perhaps this file by another name.
  if (isSaid && writesFile(code, [])) return { doubt: asCode(fileWords) };
  if (isCertain || !isKnown) return { shown: fileContent };
  return isLikely ? { doubt: asCode(fileWords) } : undefined;
}

/** Code of another language than a shell's: lines do not tell it from the content of a file, but words may. */
function readScript(code: string, language: string, leadIn: LeadIn | undefined): CodeReading {
  const verdict = judgeScript(code, language);
  if (verdict !== undefined && 'shape' in verdict) return { shown: verdict.shape };
  if (leadIn !== undefined) {
    if (leadIn.isCertain) return { shown: leadIn.is === 'file' ? fileContent : 'output' };
    return { doubt: asCode(leadIn.is === 'file' ? fileWords : outputWords) };
  }
  return verdict === undefined ? {} : { doubt: asCode(verdict.piece) };
}
