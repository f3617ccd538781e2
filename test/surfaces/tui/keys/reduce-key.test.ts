// Tests what keys bring about at each question of a run, without a terminal.
import { describe, expect, test } from 'vitest';
import { address } from '../../../../src/basics/address.ts';
import type { PlanItem } from '../../../../src/run/plan.ts';
import { keyBindingsOf } from '../../../../src/surfaces/tui/keys/key-binding.ts';
import { reduceKey } from '../../../../src/surfaces/tui/keys/reduce-key.ts';
import { keysGoToBlock, withQuestion } from '../../../../src/surfaces/tui/keys/ui-state.ts';
import { questionLine } from '../../../../src/surfaces/tui/pages/question-line.ts';
import { unstyledText } from '../../../../src/view/layout/styled-line.ts';
import { block, planOf } from '../../../run/sample-plan.ts';
import { ada, Scenario, type Script } from '../../../run/scenario.ts';
import { Operator } from '../operator.ts';

const esc = '\x1b';
const up = '\x1b[A';
const down = '\x1b[B';
const left = '\x1b[D';
const right = '\x1b[C';

function checklist(name: string, ...texts: string[]): PlanItem {
  const { kind: _kind, ...base } = block(name, 'steps');
  return { ...base, kind: 'checklist', entries: texts.map((text) => ({ text, ticked: false })) };
}

function manual(name: string): PlanItem {
  const { kind: _kind, ...base } = block(name, 'steps');
  return { ...base, kind: 'manual', text: `do ${name}` };
}

function guided(items: readonly PlanItem[], script: Script = {}): Operator {
  return new Operator(new Scenario(planOf(items), script).start('guided'));
}

const three = [block('one', 'steps'), block('two', 'steps'), block('three', 'steps')];

describe('a block that may run', () => {
  test('runs on Enter, one at a time', () => {
    const operator = guided(three).type('\r\r');
    expect(operator.commands).toEqual([
      { type: 'RunBlock', address: 'one' },
      { type: 'RunBlock', address: 'two' },
    ]);
    expect(operator.question).toEqual({ type: 'release', address: 'three' });
  });

  test('runs once for a key that is held down', () => {
    const operator = guided(three);
    for (let at = 0; at < 20; at += 1) {
      operator.nowMs += 33;
      operator.press({ type: 'named', name: 'enter' });
    }
    expect(operator.commands).toEqual([{ type: 'RunBlock', address: 'one' }]);
  });

  test('runs only when all of it has been in sight', () => {
    const operator = guided(three);
    operator.page = { top: 0, length: 50, height: 20, until: 35 };
    operator.type('\r');
    expect([operator.ui.pageTop, operator.commands]).toEqual([19, []]);
    operator.type('\r');
    expect(operator.commands).toEqual([{ type: 'RunBlock', address: 'one' }]);
  });

  test('is read on by the space bar, which runs nothing and says so', () => {
    const operator = guided(three);
    operator.page = { top: 0, length: 50, height: 20, until: 35 };
    operator.type('  ');
    expect([operator.ui.pageTop, operator.ui.notice]).toEqual([30, undefined]);
    operator.type('   ');
    expect([operator.commands, operator.ui.notice?.text]).toEqual([
      [],
      'this is the end of the text; Space only reads on',
    ]);
  });

  test('is answered by no key that was pressed before it stood on the screen', () => {
    const operator = guided(three);
    operator.ui = { ...operator.ui, hears: false };
    operator.type('\rrsnope\rq y\x03');
    expect([operator.effects, operator.ui.dialog, operator.ui.hears]).toEqual([[], undefined, false]);
  });

  test.each([
    ['z', 'z does nothing here; ? lists the keys'],
    ['\x02', '^B does nothing here; ? lists the keys'],
    ['\x7f', 'Backspace does nothing here; ? lists the keys'],
    ['\tz', 'z does nothing here; the keys are below'],
    ['az', 'z does nothing here; the keys are below'],
  ])('answers %j, which does nothing', (typed, text) => {
    expect(guided(three).type(typed).ui.notice).toEqual({ text, tone: 'muted' });
  });

  test('is skipped with a reason, and never without one', () => {
    const operator = guided(three).type('s\r');
    expect(operator.ui.notice).toEqual({
      text: 'give a reason; a word is enough',
      tone: 'warn',
    });
    operator.type('not needed\r');
    expect(operator.commands).toEqual([{ type: 'SkipItem', address: 'one', note: 'not needed' }]);
  });

  test('is marked done by hand with a note', () => {
    expect(guided(three).type('dlast night\r').commands).toEqual([
      { type: 'MarkDone', address: 'one', note: 'last night' },
    ]);
  });

  test('is edited on the screen where the operator has no editor', () => {
    const operator = guided(three).type('e').type('\x15echo new\x13');
    expect(operator.commands).toEqual([{ type: 'EditCommand', address: 'one', code: 'echo new\n' }]);
    expect(operator.question).toEqual({ type: 'release', address: 'one' });
  });

  test('is edited in the operator’s own editor', () => {
    const operator = guided(three);
    operator.hasEditor = true;
    expect(operator.type('e').effects).toEqual([
      { type: 'edit-outside', address: 'one', code: 'echo one\n', retry: false },
    ]);
  });

  test('is not run by anything pasted', () => {
    const operator = guided(three).type('\x1b[200~\r\rq\r\x1b[201~');
    expect([operator.commands, operator.ui.notice?.text]).toEqual([
      [],
      'text can be pasted only where text is asked for',
    ]);
  });

  test('takes an update for those whom the page names, and has no key for it where it names none', () => {
    const plan = { ...planOf(three), updates: { to: ['ops', 'status'] } };
    const operator = new Operator(new Scenario(plan).start('guided')).type('u');
    expect(operator.ui.dialog).toMatchObject({ title: 'Update for `ops` and `status`' });
    operator.type('we look into it\r');
    expect(operator.commands).toEqual([{ type: 'SendUpdate', text: 'we look into it' }]);
    expect(operator.ui.notice).toEqual({ text: 'the update is on its way', tone: 'good' });
    expect(operator.question).toEqual({ type: 'release', address: 'one' });
    expect(operator.type('u\r').commands).toHaveLength(1);
    expect(guided(three).type('u').ui.dialog).toBeUndefined();
  });

  test('gets notes without being answered', () => {
    const operator = guided(three).type('nlooks odd\r');
    expect(operator.commands).toEqual([{ type: 'AddNote', address: 'one', text: 'looks odd' }]);
    expect(operator.question).toEqual({ type: 'release', address: 'one' });
  });
});

test('opens a shell in the environment of what is asked about', () => {
  expect(guided(three).type('!').commands).toEqual([{ type: 'OpenShell', at: 'one' }]);
});

test('asks before running on, stopping and going elsewhere', () => {
  const operator = guided(three);
  operator.type('an').type(`a${esc}`).type('qn').type('g').type(`${down}${down}\r`);
  expect(operator.commands).toEqual([]);
  expect(operator.ui.dialog).toMatchObject({
    type: 'confirmation',
    text: 'Go to `three`? 2 steps before it count as skipped.',
  });
  operator.type('y');
  expect(operator.commands).toEqual([{ type: 'JumpTo', address: 'three' }]);
  expect(operator.type('ay').commands.at(-1)).toEqual({ type: 'RunUntilGate' });
});

test('says what is passed over in steps, also within one', () => {
  const { step } = block('one', 'steps');
  const of = [block('one', 'steps'), block('two', 'steps', { step }), block('three', 'steps', { step })];
  const asked = (items: readonly PlanItem[], keys: string) => guided(items).type(`g${keys}\r`).ui.dialog;
  expect(asked(of, `${down}${down}`)).toMatchObject({
    text: 'Go to `three`? What comes before it in its step counts as skipped.',
  });
  const [first, second] = of;
  const last = block('last', 'steps');
  expect(
    asked(
      [first, second, last].flatMap((item) => item ?? []),
      `${down}${down}`,
    ),
  ).toMatchObject({
    text: 'Go to `last`? 1 step before it counts as skipped.',
  });
  expect(asked(three, '')).toMatchObject({ text: 'Go to `one`?' });
});

test('pauses on p, and on Ctrl-C while nothing runs', () => {
  expect(guided(three).type('p').commands).toEqual([{ type: 'PauseRun', reason: 'operator' }]);
  expect(guided(three).type('\x03').commands).toEqual([{ type: 'InterruptBlock' }]);
});

describe('something destructive', () => {
  const items = [block('wipe', 'steps', { risk: 'destructive' })];

  test('runs only when its name is typed', () => {
    const operator = guided(items).type('\rwip\r');
    expect([operator.commands, operator.ui.notice?.text]).toEqual([
      [],
      'that is not `wipe`; nothing was run',
    ]);
    operator.type('wipe\r');
    expect(operator.commands).toEqual([
      { type: 'Confirm', address: 'wipe', typed: 'wipe' },
      { type: 'RunBlock', address: 'wipe' },
    ]);
  });

  test('has no single key that runs it', () => {
    for (let code = 1; code < 127; code += 1) {
      const operator = guided(items).type(String.fromCharCode(code));
      const types = operator.commands.map((command) => ('type' in command ? command.type : ''));
      expect(types.filter((type) => type === 'RunBlock' || type === 'Confirm')).toEqual([]);
    }
  });
});

test('takes y, and not Enter, for a yes', () => {
  const items = [block('one', 'steps', { confirm: 'Is the pager quiet?' })];
  expect(guided(items).type('\r').commands).toEqual([]);
  expect(guided(items).type('y').commands).toEqual([
    { type: 'Confirm', address: 'one' },
    { type: 'RunBlock', address: 'one' },
  ]);
});

describe('a failure', () => {
  const failing = () =>
    guided([block('zero', 'steps'), block('one', 'steps'), block('two', 'steps')], {
      exits: { one: [3, 0] },
    });

  test('is answered by Enter on the marked line', () => {
    const operator = failing().type('\r\r');
    expect(operator.question?.type).toBe('failure');
    operator.type('\r');
    expect(operator.question?.type).toBe('failure');
    operator.type(`${esc}${down}${down}${up}\r`);
    expect(operator.commands.at(-1)).toEqual({ type: 'DecideFailure', address: 'one', decision: 'retry' });
  });

  test.each([
    ['r', { decision: 'retry' }],
    ['c', { decision: 'continue' }],
    ['p', { decision: 'pause' }],
    ['qy', { decision: 'stop' }],
    ['sknown\r', { decision: 'skip', note: 'known' }],
    ['dby ada\r', { decision: 'mark-done', note: 'by ada' }],
    ['b', { decision: 'rollback' }],
  ])('is answered by %j', (typed, decision) => {
    expect(failing().type('\r\r').type(typed).commands.at(-1)).toEqual({
      ...{ type: 'DecideFailure', address: 'one' },
      ...decision,
    });
  });

  test('is edited and run again', () => {
    expect(failing().type('\r\re\x15true\x13').commands.slice(2)).toEqual([
      { type: 'EditCommand', address: 'one', code: 'true\n' },
      { type: 'DecideFailure', address: 'one', decision: 'retry' },
    ]);
  });
});

test('unticks what is not to be undone', () => {
  const undo = (name: string, of: string) => block(name, 'rollback', { undoes: block(of, 'steps').step });
  const operator = guided([...three, undo('back-one', 'one'), undo('back-two', 'two')]).type('\r\rb');
  expect(operator.question).toEqual({ type: 'rollback-plan', items: ['back-two', 'back-one'] });
  operator.type(`${down} `);
  expect(operator.ui.unticked).toEqual(['back-one']);
  operator.type('\r');
  expect(operator.commands.at(-1)).toEqual({ type: 'StartRollback', excluded: ['back-one'] });
});

test('ticks a checklist line by line, and goes on when Enter says that all is done', () => {
  const operator = guided([checklist('list', 'a', 'b', 'c'), block('one', 'steps')]);
  operator.type(`${down} ${up} `);
  expect(operator.commands).toEqual([
    { type: 'SetChecklistItem', address: 'list', index: 1, ticked: true },
    { type: 'SetChecklistItem', address: 'list', index: 1, ticked: false },
  ]);
  operator.type(`${up}  `).type('\r');
  expect([operator.ui.listAt, operator.ui.notice?.text]).toEqual([
    2,
    '1 of 3 items still to tick: Space ticks',
  ]);
  operator.type(' ');
  expect(operator.commands.slice(2)).toEqual([
    { type: 'SetChecklistItem', address: 'list', index: 0, ticked: true },
    { type: 'SetChecklistItem', address: 'list', index: 1, ticked: true },
    { type: 'SetChecklistItem', address: 'list', index: 2, ticked: true },
  ]);
  operator.type('  ');
  expect(operator.question).toEqual({ type: 'checklist', address: 'list' });
  expect(operator.type('\r').commands.at(-1)).toEqual({ type: 'CompleteManualStep', address: 'list' });
  expect(operator.question).toEqual({ type: 'release', address: 'one' });
});

test('takes a manual step as done, with a note where one is given', () => {
  expect(guided([manual('call')]).type(' ').commands).toEqual([]);
  expect(guided([manual('call')]).type('\r').commands).toEqual([
    { type: 'CompleteManualStep', address: 'call' },
  ]);
  expect(guided([manual('call')]).type('wtold Grace\r').commands).toEqual([
    { type: 'CompleteManualStep', address: 'call', note: 'told Grace' },
  ]);
});

test('never resolves a doubt by a stray Enter', () => {
  const items = [block('one', 'steps')];
  const scenario = new Scenario(planOf(items))
    .start('guided')
    .record(
      { type: 'BlockStarted', address: address('one'), attempt: 1 },
      { type: 'BlockFoundInDoubt', address: address('one'), attempt: 1 },
    );
  const operator = new Operator(scenario);
  expect(operator.question).toEqual({ type: 'in-doubt', address: 'one' });
  expect(operator.type('\r\r').commands).toEqual([]);
  expect(operator.type('d').commands).toEqual([{ type: 'ResolveDoubt', address: 'one', as: 'done' }]);
});

describe('looking at another step', () => {
  test('changes nothing and answers nothing', () => {
    const operator = guided(three).type(`${right}${right}`);
    expect(operator.ui.look).toBe('three');
    expect(operator.type('\r sdy').commands).toEqual([]);
    expect(operator.type(left).ui.look).toBe('two');
    expect(operator.type(esc).ui.look).toBe(undefined);
  });

  test('can be done in the list of steps', () => {
    expect(guided(three).type(`\t${down}\r`).ui.look).toBe('two');
  });
});

test('scrolls and searches in an output, from where nothing can be run', () => {
  const operator = guided(three);
  operator.output = ['error a', 'b', 'error c', 'd', 'e', 'f', 'g', 'h', 'i', 'j'];
  operator.type('o/error\r');
  expect(operator.ui.pager).toEqual({ address: 'one', top: 0, search: 'error', hit: 2 });
  operator.type('N');
  expect(operator.ui.pager).toEqual({ address: 'one', top: 0, search: 'error', hit: 0 });
  operator.type('G');
  expect(operator.ui.pager?.top).toBe('end');
  expect(operator.type('rsdq').commands).toEqual([]);
});

test('gives the keyboard to a block with a terminal, but for the prefix key', () => {
  const operator = guided(three);
  operator.childAttached = true;
  operator.ui = { ...operator.ui, focus: 'block' };
  expect(keysGoToBlock(operator.ui, true)).toBe(true);
  operator.type('\x07');
  expect(keysGoToBlock(operator.ui, true)).toBe(false);
  expect(keyBindingsOf(operator.ui, operator.context()).length).toBeGreaterThan(3);
});

test('stops the process on Ctrl-Z, whatever is open', () => {
  expect(guided(three).type('n\x1a').effects).toEqual([{ type: 'stop-process' }]);
});

describe('the text of the page', () => {
  const lines = ['Drain', '', 'the pool drains', ...Array.from({ length: 30 }, () => 'x'), 'drained', 'end'];
  const reading = (): Operator => {
    const operator = guided(three);
    operator.page = {
      ...{ top: 0, length: lines.length, height: 10, until: 5 },
      find: (text, from, step) => {
        for (let at = from; at >= 0 && at < lines.length; at += step)
          if (lines[at]?.toLowerCase().includes(text)) return at;
        return undefined;
      },
    };
    return operator;
  };

  test('is searched on and back, and Esc leaves the search', () => {
    const operator = reading().type('/drain\r');
    expect([operator.ui.search, operator.ui.pageTop]).toEqual([{ text: 'drain', hit: 0 }, 0]);
    operator.type('nn');
    expect([operator.ui.search?.hit, operator.ui.pageTop]).toEqual([33, 25]);
    operator.type('n');
    expect(operator.ui.notice?.text).toBe('no other line has `drain`');
    operator.type('N');
    expect(operator.ui.search?.hit).toBe(2);
    operator.type(esc);
    expect(operator.ui.search).toBeUndefined();
    expect(operator.type('/none\r').ui.notice?.text).toBe('no line of this text has `none`');
    expect([operator.ui.search, operator.commands]).toEqual([undefined, []]);
    // Without a search the key is that of a note again.
    expect(operator.type('n').ui.dialog).toMatchObject({ type: 'text', purpose: 'note' });
  });

  test('is scrolled by the wheel, which is nothing to a line that is being typed', () => {
    const operator = reading();
    operator.press({ type: 'named', name: 'wheel-down' }).press({ type: 'named', name: 'wheel-down' });
    expect(operator.press({ type: 'named', name: 'wheel-up' }).ui.pageTop).toBe(3);
    const dialog = operator.type('/po').ui.dialog;
    expect(operator.press({ type: 'named', name: 'wheel-up' }).ui.dialog).toBe(dialog);
    operator.type(`${esc}m`);
    expect([operator.ui.wheel, operator.commands]).toEqual([false, []]);
  });
});

describe('what is typed for a question that another terminal answers', () => {
  const failing = (...one: number[]): Script => ({ exits: { one } });
  const goOn = { type: 'DecideFailure', address: address('one'), decision: 'continue', by: ada } as const;
  const again = { ...goOn, decision: 'retry' } as const;

  test('becomes a note, and answers nothing that comes instead', () => {
    const operator = guided(three, failing(1)).type('\rsdisk').elsewhere(goOn);
    expect(operator.question).toEqual({ type: 'release', address: 'two' });
    operator.type(' is full\r');
    expect(operator.commands.slice(1)).toEqual([{ type: 'AddNote', text: 'disk is full', address: 'one' }]);
    expect(operator.ui.dialog).toBe(undefined);
  });

  test('can be left', () => {
    const operator = guided(three, failing(1)).type('\rs').elsewhere(goOn).type(`r${esc}`);
    expect([operator.commands.slice(1), operator.ui.dialog]).toEqual([[], undefined]);
  });

  test('is for no later failure of the same block', () => {
    const operator = guided(three, failing(1, 1)).type('\rsflaky').elsewhere(again);
    expect(operator.question).toMatchObject({ type: 'failure', address: 'one' });
    operator.type('\r');
    expect(operator.commands.slice(1)).toEqual([{ type: 'AddNote', text: 'flaky', address: 'one' }]);
  });

  test('is what it was when that very question comes back', () => {
    const operator = guided(three, failing(1)).type('\rsdisk');
    const { question, ui } = operator;
    const { state } = operator.context();
    operator.ui = withQuestion(withQuestion(ui, undefined, state), question, state);
    expect(operator.ui.dialog).toEqual(ui.dialog);
  });

  test('changes no command any more', () => {
    const operator = guided(three, failing(1)).type('\re x').elsewhere(goOn).type('\x13');
    expect(operator.commands.slice(1)).toEqual([]);
    expect([operator.ui.dialog?.type, operator.ui.notice?.text]).toEqual([
      'edit',
      'its question is gone; Esc closes this',
    ]);
  });
});

test('a block runs by no key that stands nowhere', () => {
  const operator = guided(three).type('r');
  expect([operator.commands, operator.ui.notice?.text]).toEqual([
    [],
    'r does nothing here; ? lists the keys',
  ]);
});

describe('a pause while a block runs', () => {
  test('says what it waits for, as often as it is asked for', () => {
    const scenario = new Scenario(planOf(three)).start('guided');
    const operator = new Operator(scenario);
    const started = { type: 'BlockStarted', address: address('one'), attempt: 1 } as const;
    scenario.record(started);
    const ui = { ...operator.ui, dialog: undefined };
    const context = { ...operator.context(), question: undefined, current: address('one') };
    const key = { type: 'text', text: 'p' } as const;
    const first = reduceKey(ui, key, context);
    expect(first.effects).toEqual([
      { type: 'send', commands: [{ type: 'PauseRun', reason: 'operator', by: ada }] },
    ]);
    scenario.record({ type: 'RunPaused', reason: 'operator', message: 'paused by ada' });
    const { state } = scenario;
    const second = reduceKey(first.ui, key, { ...context, state });
    expect(second.effects).toEqual([]);
    for (const { ui: after } of [first, second])
      expect(after.notice?.text).toBe('the run pauses when `one` has ended');
    const says = questionLine({ ui, state, question: undefined, elapsedMs: 0, context });
    expect(unstyledText(says)).toBe('`one` runs, then the run pauses');
  });
});
