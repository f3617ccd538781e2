// Owns what can be wrong about the lists that blocks are run for, before anything is run.
import { assignedNames, mayWriteOutputs, neededNames } from '../../languages/needed-names.ts';
import { allBlocks, allSteps } from '../../runbook/lint/lint-rule.ts';
import type { Attributes, Block, Runbook, Step } from '../../runbook/runbook.ts';
import type { Diagnostic } from '../../text/diagnostic.ts';
import { readItems } from '../targets/read-items.ts';
import { whereOf } from './check-hosts.ts';
import { loopOf, loopWordsOf, variableOf, withListsOf } from './loop-of.ts';
import { type Tell, tellAt } from './tell-at.ts';

/** Everything that is wrong with the lists of a runbook's blocks. */
export function checkLoops(runbook: Runbook): readonly Diagnostic[] {
  const found: Diagnostic[] = [];
  const visit = (step: Step): void => {
    checkStep(runbook, step, found);
    for (const bound of [...step.validation, ...step.rollback]) visit(withListsOf(step, bound));
  };
  for (const step of runbook.steps) visit(step);
  return found;
}

/** A heading's list is that of its blocks, which are all done with an item before the next one. */
function checkStep(runbook: Runbook, step: Step, found: Diagnostic[]): void {
  const blocks = step.parts.flatMap((part) =>
    part.type === 'block' && part.block.runnable ? [part.block] : [],
  );
  const [first] = blocks;
  const sharing = blocks.filter((block) => hasListOf(step, block));
  const isShared = step.attributes.each !== undefined && sharing.length > 1;
  for (const block of blocks) checkBlock(runbook, step, block, tellAt(runbook, block, found), isShared);
  if (step.attributes.each === undefined || first === undefined) return;
  if (isShared) checkShared(runbook, step, blocks, found);
  const tell = tellAt(runbook, first, found);
  if (step.parts.some(({ type }) => type === 'checklist' || type === 'runbook-link'))
    tell('each-option', '`each` on a heading repeats blocks, and this step has something else, too', {
      help: 'put the block under a heading of its own',
    });
}

/** Whether a block goes through the list of its heading. */
function hasListOf({ attributes }: Step, block: Block): boolean {
  const list = loopOf(loopWordsOf(attributes, block.attributes));
  return JSON.stringify(list) === JSON.stringify(loopOf(loopWordsOf(attributes, {})));
}

/** What goes on with an item from block to block goes on with nothing else, and as the heading says. */
function checkShared(runbook: Runbook, step: Step, blocks: readonly Block[], found: Diagnostic[]): void {
  const each = `each=${step.attributes.each}`;
  for (const block of blocks) {
    const tell = tellAt(runbook, block, found);
    const { attributes: own } = block;
    if (own.each !== undefined)
      tell(
        'each-option',
        `the other blocks of this step go through \`${each}\`, and this one has a list of its own`,
        {
          help: 'put it under a heading of its own',
        },
      );
    else if (own.parallel !== undefined || own.mustPass !== undefined) {
      const word = own.parallel === undefined ? 'must-pass' : 'parallel';
      tell('each-option', `\`${word}\` is the same for all blocks that go through \`${each}\``, {
        help: `write \`${word}\` on the heading, beside \`each\``,
      });
    }
  }
  const asking = step.parts.find((part) => part.type === 'prose' && part.asks !== undefined);
  if (asking?.type === 'prose')
    tellAt(runbook, asking, found)(
      'each-option',
      '`each` on a heading repeats blocks, and this sentence asks a person for something',
      { help: 'put what a person does under a heading of its own' },
    );
}

function checkBlock(runbook: Runbook, step: Step, block: Block, tell: Tell, isShared: boolean): void {
  const words = loopWordsOf(step.attributes, block.attributes);
  const written: Attributes = { ...step.attributes, ...block.attributes };
  const { each, of, eachFrom } = words;
  if (each === undefined) {
    checkOutside(runbook, block, tell);
    const stray = of !== undefined ? 'of' : eachFrom !== undefined ? 'each-from' : undefined;
    if (stray !== undefined)
      tell('each-option', `\`${stray}\` is a list that nothing uses`, {
        help: 'name the variable that is each item in turn: `each=NAME`',
      });
    else if (written.mustPass !== undefined)
      tell('each-option', '`must-pass` says nothing about a block without a list', {
        help: 'it is about the items of `each=NAME`; of hosts it is `hosts-must-pass`',
      });
    return;
  }
  checkName(runbook, each, tell);
  if (of !== undefined && eachFrom !== undefined)
    tell('each-option', '`of` and `each-from` both say what the list is', { help: 'write one of them' });
  if (of === undefined && eachFrom === undefined)
    tell('each-list', `\`each=${each}\` has no list`, {
      help: 'write `of="a b c"`, `of=$NAME` or `each-from="command"` beside it',
    });
  if (of !== undefined) checkList(runbook, of, written, tell);
  checkOptions(runbook, step, block, written, tell);
  const { code, attributes } = block;
  const speaks = (...texts: readonly (string | undefined)[]): boolean =>
    new RegExp(`(?<![A-Za-z0-9_])${each}(?![A-Za-z0-9_])`).test(texts.join('\n'));
  if (attributes.file !== undefined && !speaks(attributes.file))
    tell('each-option', 'each item would write the same file', {
      help: `let the path say which item it is of: \`file=/etc/app/\${${each}}.conf\``,
    });
  else if (attributes.file === undefined && !isShared && !speaks(code, written.when, written.check))
    tell('each-unused', `nothing in this block speaks of \`$${each}\`, so that it does the same each time`, {
      severity: 'warning',
      help: `write \`"$${each}"\` where the item belongs`,
    });
}

/** A variable that only lists set is nothing outside of them. */
function checkOutside(runbook: Runbook, { language = 'sh', code }: Block, tell: Tell): void {
  const items = itemNames(runbook);
  if (items.size === 0) return;
  const own = assignedNames(code);
  for (const name of neededNames(code, language)) {
    if (!items.has(name) || own.has(name) || isSet(runbook, name)) continue;
    tell(
      'each-outside',
      `\`$${name}\` is set only in blocks with \`each=${name}\`, and this one has no list`,
      {
        severity: 'warning',
        help: `in a validation or rollback of the step, \`each=${name}\` alone means the list of the step`,
      },
    );
  }
}

const foundItems = new WeakMap<Runbook, ReadonlySet<string>>();

/** The variables of all lists of a page, found once. */
function itemNames(runbook: Runbook): ReadonlySet<string> {
  const known = foundItems.get(runbook);
  if (known !== undefined) return known;
  const attributes = [
    ...allSteps(runbook).map((step) => step.attributes),
    ...allBlocks(runbook).map(({ block }) => block.attributes),
  ];
  const found = new Set(attributes.flatMap(({ each }) => (each === undefined ? [] : [each])));
  foundItems.set(runbook, found);
  return found;
}

/** What every program of a block looks at, or the run itself sets. */
const taken = /^(?:PATH|HOME|IFS|PWD|OLDPWD|SHELL|TMPDIR|USER|LANG|LC_[A-Z]+|BASH.*|ZSH.*|RUNSHEET_.*)$/;

function checkName({ frontMatter }: Runbook, name: string, tell: Tell): void {
  const isInput = frontMatter.inputs.some((input) => input.name === name);
  if (isInput || Object.hasOwn(frontMatter.env, name))
    tell('each-option', `\`${name}\` is ${isInput ? 'an input' : 'a variable of `env`'} already`, {
      help: 'give the items another name',
    });
  else if (taken.test(name))
    tell('each-option', `\`${name}\` is a variable of the shell, and cannot be the name of an item`, {
      help: 'give the items another name',
    });
}

function checkList(runbook: Runbook, of: string, { mustPass }: Attributes, tell: Tell): void {
  const variable = variableOf(of);
  if (variable !== undefined) {
    if (!isSet(runbook, variable))
      tell('each-list', `\`$${variable}\` is set nowhere in this page`, {
        severity: 'warning',
        help: 'declare it as an input, or let a block before this one `capture` it',
      });
    return;
  }
  const read = readItems(of, 'blanks');
  if (!read.ok) {
    tell('each-list', `the list ${read.message}`, { help: 'each item is in it once' });
    return;
  }
  const { items } = read;
  const dollar = items.find((item) => item.includes('$'));
  const parted = items.find((item) => /[,;]$/.test(item));
  if (dollar !== undefined)
    tell('each-list', `\`${dollar}\` is taken as written: variables are not filled in`, {
      help: 'write `of=$NAME` with nothing beside it, or let a command say it: `each-from="…"`',
    });
  else if (parted !== undefined)
    tell('each-list', `the item \`${parted}\` ends with a \`${parted.at(-1)}\``, {
      help: 'items are separated by blanks alone: `of="a b c"`',
    });
  else if (items.length === 1)
    tell('each-list', `the list has one item, \`${items[0]}\``, {
      severity: 'warning',
      help: 'items are separated by blanks: `of="a b c"`',
    });
  const count = /^\d+$/.test(mustPass ?? '') ? Number(mustPass) : 0;
  if (count > items.length)
    tell('each-option', `\`must-pass=${count}\` can never hold: the list has ${items.length} of them`);
}

/** Whether anything of the page gives a variable its value, as far as can be seen. */
function isSet(runbook: Runbook, name: string): boolean {
  const { inputs, env, outputs } = runbook.frontMatter;
  if (inputs.some((input) => input.name === name) || Object.hasOwn(env, name) || outputs.includes(name))
    return true;
  if (runbook.steps.some((step) => step.attributes.ask === name)) return true;
  return allBlocks(runbook).some(({ block: { code, attributes } }) => {
    const sets = (attributes.captures ?? []).some((capture) => capture.name === name);
    return sets || new Set([...assignedNames(code), ...mayWriteOutputs(code)]).has(name);
  });
}

/** What only a block that runs once can have. */
function checkOptions(runbook: Runbook, step: Step, block: Block, written: Attributes, tell: Tell): void {
  const where = whereOf(step.attributes, block.attributes);
  if (where.hosts !== undefined || where.hostsFrom !== undefined)
    tell('each-option', 'a block with `each` runs on this machine', {
      help: 'the hosts of a block are a list already: take `each` out, or reach them from the code',
    });
  else if (written.hostsMustPass !== undefined)
    tell('each-option', '`hosts-must-pass` is about hosts', {
      help: 'of the items of a list it is `must-pass`',
    });
  const { user = runbook.frontMatter.user } = written;
  if (user !== undefined && (written.parallel ?? 1) > 1)
    tell('each-option', 'the items of a block that runs as another user are run one after the other', {
      severity: 'warning',
      help: 'take `parallel` out',
    });
  if (written.background)
    tell('each-option', 'a block in the background cannot be run for each item of a list', {
      help: 'take `background` out, or write a block for each',
    });
  if (written.interactive)
    tell('each-option', 'an interactive block cannot be run for each item of a list', {
      help: 'take `interactive` out, or write a block for each',
    });
}
