// Owns writing the steps of a session as a page, and making sure that the page means what was typed.
import { parseRunbook } from '../../runbook/parse-runbook.ts';
import type { Block, Runbook, SectionKind, Step } from '../../runbook/runbook.ts';
import { decodeSource } from '../../text/source-file.ts';
import { type Draft, type DraftBlock, type DraftStep, isShell } from './draft-steps.ts';
import { placesOf, putVariable } from './put-variable.ts';

/** What a page is drafted with, beside its steps. */
export interface PageFacts {
  readonly title: string;
  /** Left out where it is bash. */
  readonly shell?: string;
  /** Where blocks start, from the folder of the page; left out where they start in that. */
  readonly cwd?: string;
  /** Values that are to be inputs, by their names. */
  readonly inputs: Readonly<Record<string, string>>;
}

/** How single steps and blocks are written so that they mean what was typed. */
interface Settled {
  /** Steps whose title would make them something else than a step. */
  readonly untitled: ReadonlySet<DraftStep>;
  /** Blocks that `run` has to say of that they are commands. */
  readonly run: ReadonlySet<DraftBlock>;
}

type DraftedSection = 'preconditions' | 'steps' | 'validation';

const titles: Readonly<Record<DraftedSection, string>> = {
  preconditions: 'Preconditions',
  steps: 'Steps',
  validation: 'Validation',
};

/** More turns change nothing: what can be settled is settled one after the other. */
const mostTurns = 3;
const longestTitle = 72;
/** An output that is longer is cut in its middle. */
const [headLines, tailLines] = [8, 3];

/** The page of a session. */
export function draftPage(draft: Draft, facts: PageFacts): string {
  const settled = { untitled: new Set<DraftStep>(), run: new Set<DraftBlock>() };
  let page = renderPage(draft, facts, settled);
  for (let turn = 0; turn < mostTurns && unsettled(draft, page, settled); turn += 1)
    page = renderPage(draft, facts, settled);
  return page;
}

/** Finds what the page does not say as it was meant, and takes it into `settled`; true where there was anything. */
function unsettled(
  draft: Draft,
  page: string,
  settled: { readonly untitled: Set<DraftStep>; readonly run: Set<DraftBlock> },
): boolean {
  const { runbook } = parseRunbook(decodeSource('draft.md', new TextEncoder().encode(page)).source);
  const written = commandsIn(runbook);
  const meant = (['preconditions', 'steps', 'validation'] as const).flatMap((section) =>
    draft[section].flatMap((step) => [
      ...step.blocks.flatMap((block) => (isTyped(block) ? [{ section, step, block }] : [])),
      ...[...step.verify, ...step.undo].map(() => undefined),
    ]),
  );
  let any = false;
  meant.forEach((one, index) => {
    const found = written[index];
    if (one === undefined || found === undefined) return;
    const { section, step, block } = one;
    if (found.section !== section && step.title !== undefined && !settled.untitled.has(step)) {
      settled.untitled.add(step);
      any = true;
      return;
    }
    const isDoubtful = !found.block.runnable || (found.block.doubts ?? found.doubts) !== undefined;
    if (isDoubtful && block.info === undefined && !settled.run.has(block)) {
      settled.run.add(block);
      any = true;
    }
  });
  return any;
}

/** Whether it is found again among the blocks that `sh` labels. */
function isTyped({ file, info }: DraftBlock): boolean {
  return file === undefined && (info === undefined || /^sh(?![^\s{])/.test(info));
}

function commandsIn(
  runbook: Runbook,
): readonly { section: SectionKind; block: Block; doubts: Step['doubts'] }[] {
  const inStep = (step: Step): ReturnType<typeof commandsIn> => [
    ...step.parts.flatMap((part) =>
      part.type === 'block' && part.block.language === 'sh'
        ? [{ section: step.section, block: part.block, doubts: step.doubts }]
        : [],
    ),
    ...step.validation.flatMap(inStep),
    ...step.rollback.flatMap(inStep),
  ];
  return runbook.steps
    .flatMap(inStep)
    .toSorted((one, other) => one.block.span.start - other.block.span.start);
}

function renderPage(draft: Draft, facts: PageFacts, settled: Settled): string {
  const sections = (['preconditions', 'steps', 'validation'] as const).flatMap((section) => {
    if (draft[section].length === 0) return [];
    const steps = draft[section].map((step, index) => renderStep(step, index, facts, settled));
    return [`## ${titles[section]}`, ...steps];
  });
  return `${[...frontMatter(draft, facts), `# ${facts.title}`, ...sections].join('\n\n')}\n`;
}

function frontMatter({ secrets }: Draft, { title, shell, cwd, inputs }: PageFacts): readonly string[] {
  const lines = [
    ...(shell === undefined ? [] : [`shell: ${shell}`]),
    ...(cwd === undefined ? [] : [`cwd: ${JSON.stringify(cwd)}`]),
  ];
  const declared = [
    ...Object.entries(inputs).map(([name, value]) => `  ${name}: { default: ${JSON.stringify(value)} }`),
    ...secrets.filter((name) => !(name in inputs)).map((name) => `  ${name}: { secret: true }`),
  ];
  if (declared.length > 0) lines.push('inputs:', ...declared);
  return lines.length === 0 ? [] : [['---', `title: ${JSON.stringify(title)}`, ...lines, '---'].join('\n')];
}

function renderStep(step: DraftStep, index: number, { inputs }: PageFacts, settled: Settled): string {
  const { title, rest } = titleOf(step, settled.untitled.has(step));
  const shell = (code: string): string =>
    Object.entries(inputs).reduce((text, [name, value]) => putVariable(text, value, name), code);
  const parts = [`### ${index + 1}. ${title}`, ...rest, ...step.prose];
  for (const block of step.blocks) {
    const code = isShell(block.info) ? shell(block.code) : block.code;
    const text = block.file === undefined ? code : fileText(block.code, inputs);
    parts.push(fenced(block.info ?? infoOf(block, shell, settled.run.has(block)), text));
    const shown = cut(block.output);
    if (shown.length > 0) parts.push(fenced('output', shown.join('\n')));
  }
  if (step.verify.length > 0)
    parts.push('#### Validation', ...step.verify.map((code) => fenced('sh', shell(code))));
  // What was done last is undone first.
  if (step.undo.length > 0)
    parts.push('#### Rollback', ...step.undo.toReversed().map((code) => fenced('sh', shell(code))));
  return parts.join('\n\n');
}

function titleOf({ title, blocks }: DraftStep, isUntitled: boolean): { title: string; rest: string[] } {
  const [block] = blocks;
  const what = block?.file ?? block?.code.trim().split('\n')[0] ?? '';
  const quoted = what.includes('`') ? what.split(/\s+/)[0]?.replaceAll('`', '') : `\`${shorten(what)}\``;
  const own = `${block?.file === undefined ? 'Run' : 'Write'} ${quoted}`;
  if (title === undefined) return { title: own, rest: [] };
  if (isUntitled) return { title: own, rest: [title] };
  if (title.length <= longestTitle) return { title: title.replace(/[.:]$/, ''), rest: [] };
  return { title: own, rest: [title] };
}

function shorten(text: string): string {
  return text.length <= longestTitle ? text : `${text.slice(0, longestTitle - 1).trimEnd()}…`;
}

function infoOf({ file, isInteractive, check }: DraftBlock, shell: (code: string) => string, run: boolean) {
  if (file !== undefined) return `${languageOf(file)} {file=${attributeValue(file)}}`;
  const words = [
    ...(run ? ['run'] : []),
    ...(isInteractive ? ['interactive'] : []),
    ...(check === undefined ? [] : [`check=${attributeValue(shell(check))}`]),
  ];
  return words.length === 0 ? 'sh' : `sh {${words.join(' ')}}`;
}

function attributeValue(text: string): string {
  if (/^[\w./~-]+$/.test(text)) return text;
  return text.includes('"') ? `'${text}'` : `"${text}"`;
}

const languages: Readonly<Record<string, string>> = { conf: 'nginx', yml: 'yaml', md: 'markdown' };

function languageOf(path: string): string {
  const ending = /\.(\w+)$/.exec(path)?.[1]?.toLowerCase() ?? 'text';
  return languages[ending] ?? ending;
}

function fileText(text: string, inputs: Readonly<Record<string, string>>): string {
  return Object.entries(inputs).reduce((filled, [name, value]) => {
    const places = placesOf(filled, value).toReversed();
    return places.reduce(
      (done, at) => `${done.slice(0, at)}\${${name}}${done.slice(at + value.length)}`,
      filled,
    );
  }, text);
}

function fenced(info: string, text: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/`{3,}/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}${info}\n${text.replace(/\n*$/, '')}\n${fence}`;
}

function cut(lines: readonly string[]): readonly string[] {
  const from = lines.findIndex((line) => line !== '');
  if (from === -1) return [];
  const shown = lines.slice(from);
  if (shown.length <= headLines + tailLines + 1) return shown;
  return [...shown.slice(0, headLines), '...', ...shown.slice(-tailLines)];
}
