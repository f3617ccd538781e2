// Owns `runsheet new`: starts a runbook from a template, filled in; never writes over a file.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { errorMessage, isCodedError } from '../../basics/coded-error.ts';
import { typedWord } from '../../languages/shell/shell-quote.ts';
import { fillTemplate } from '../../runbook/templates/fill-template.ts';
import { findMarks } from '../../runbook/templates/find-marks.ts';
import { closestName } from '../../text/closest-name.ts';
import { visibleText } from '../../text/visible-text.ts';
import { layOutTerms } from '../../view/layout/lay-out-terms.ts';
import { counted } from '../../view/words/quoted.ts';
import { exitCode } from '../exit-code.ts';
import { outputColumns } from '../output-columns.ts';
import { complain, reportDiagnostics } from '../report-diagnostics.ts';
import { fieldValues } from '../templates/field-values.ts';
import {
  type FoundTemplate,
  type FoundTemplates,
  findTemplates,
  type LoadedTemplate,
  loadTemplate,
  sentenceOf,
} from '../templates/find-templates.ts';
import { writeMessage, writeResult } from '../write-result.ts';

/** What `runsheet new` was given beside the template and the file. */
export interface NewOptions {
  /** Fields by their names. */
  readonly set: Readonly<Record<string, string>>;
  readonly title?: string;
  readonly owner?: string;
  /** False: a person at the terminal is not asked either. */
  readonly ask: boolean;
  /** Writes the tests of the template as well. */
  readonly withTest?: boolean;
}

/** Makes a runbook of a template in a file, or prints it, or lists the templates; gives the exit code. */
export async function newRunbook(
  template: string | undefined,
  file: string | undefined,
  options: NewOptions,
): Promise<number> {
  const found = findTemplates(file ?? 'new.md');
  tellProblems(found);
  if (found.configuration !== undefined) return exitCode.usage;
  if (template === undefined) {
    const terms = found.templates.map((one) => [one.name, visibleText(sentenceOf(one))] as const);
    writeResult(layOutTerms(terms, outputColumns()));
    return exitCode.succeeded;
  }
  const chosen = found.templates.find(({ name }) => name === template);
  if (chosen === undefined) return refuseUnknown(template, found);
  // Nobody is asked for a page that cannot be written in the end.
  const taken = [file, file === undefined ? undefined : testFileOf(file)].find(
    (path, index) => path !== undefined && (index === 0 || options.withTest) && existsSync(path),
  );
  if (taken !== undefined) return refuseExisting(taken);
  if (options.withTest) {
    if (file === undefined) return refuse('`--with-test` needs a file to write the page to');
    if (!existsSync(testFileOf(chosen.path)))
      return refuse(`the template \`${template}\` has no tests; nothing was written`);
  }
  const loaded = load(chosen);
  return loaded === undefined ? exitCode.usage : make(loaded, file, options);
}

/** Where the tests of a page, or of a template, lie. */
function testFileOf(path: string): string {
  return `${path.replace(/\.(?:md|markdown)$/, '')}.test.yaml`;
}

function refuse(why: string): number {
  complain(why);
  return exitCode.usage;
}

async function make(
  loaded: LoadedTemplate,
  file: string | undefined,
  { set, title, owner, ask, withTest }: NewOptions,
): Promise<number> {
  const given = { ...set, ...(title !== undefined && { title }), ...(owner !== undefined && { owner }) };
  const isTerminal = process.stdin.isTTY === true && process.stderr.isTTY === true;
  const values = await fieldValues(loaded, given, ask && isTerminal && file !== undefined);
  if (!values.ok) return values.error;
  const text = fillTemplate(loaded.source.text, values.value);
  if (file === undefined) {
    writeResult(text);
    return exitCode.succeeded;
  }
  const failed = writeNew(file, text) ?? (withTest ? writeTest(loaded, file) : undefined);
  if (failed !== undefined) return failed;
  writeMessage(`${visibleText(whatNext(file, findMarks(text).length))}\n`);
  if (withTest)
    writeMessage(
      `${visibleText(`${testFileOf(file)} written; \`runsheet test ${typedWord(file)}\` runs it`)}\n`,
    );
  return exitCode.succeeded;
}

/** The tests of a template are those of each page that is made of it. */
function writeTest({ source }: LoadedTemplate, file: string): number | undefined {
  const path = testFileOf(source.path);
  try {
    return writeNew(testFileOf(file), readFileSync(path, 'utf8'));
  } catch (error) {
    complain(`cannot read \`${path}\`: ${errorMessage(error, path)}`);
    return exitCode.usage;
  }
}

/** Makes the folder too, where it is missing. Gives an exit code where the file cannot be written. */
function writeNew(file: string, text: string): number | undefined {
  const refuse = (error: unknown): number => {
    complain(`cannot write \`${file}\`: ${errorMessage(error, file)}`);
    return exitCode.usage;
  };
  try {
    mkdirSync(dirname(file), { recursive: true });
  } catch (error) {
    return refuse(error);
  }
  try {
    writeFileSync(file, text, { flag: 'wx' });
    return undefined;
  } catch (error) {
    return isCodedError(error) && error.code === 'EEXIST' ? refuseExisting(file) : refuse(error);
  }
}

function whatNext(file: string, left: number): string {
  if (left === 0) return `${file} written; run it with \`runsheet run ${typedWord(file)}\``;
  const verb = left === 1 ? 'is' : 'are';
  return `${file} written; ${counted(left, 'place')} in it ${verb} still to be filled in: \`runsheet check ${typedWord(file)}\` shows them`;
}

function load({ name, path }: FoundTemplate): LoadedTemplate | undefined {
  try {
    const loaded = loadTemplate(path);
    if (loaded.errors.length === 0) return loaded;
    reportDiagnostics(loaded.errors, loaded.source);
    complain(`the template \`${name}\` has errors; nothing was written`);
  } catch (error) {
    complain(`cannot read the template \`${name}\`: ${errorMessage(error)}`);
  }
  return undefined;
}

function tellProblems({ problems, configuration }: FoundTemplates): void {
  for (const problem of problems) writeMessage(`warning: ${visibleText(problem)}\n`);
  if (configuration !== undefined) reportDiagnostics(configuration.diagnostics, configuration.source);
}

function refuseUnknown(template: string, { templates }: FoundTemplates): number {
  const names = templates.map(({ name }) => name);
  const closest = closestName(template, names);
  complain(
    `there is no template \`${template}\`${closest ? `; did you mean \`${closest}\`?` : ''}`,
    `templates: ${names.join(', ')}`,
  );
  return exitCode.usage;
}

function refuseExisting(file: string): number {
  complain(`\`${file}\` is there already; nothing was written`);
  return exitCode.usage;
}
