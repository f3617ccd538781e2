// Owns docs/terminal.svg, the picture in the README: the screen of a real guided run of the tour, drawn as it was.
// Run it after a build: node scripts/picture.mjs
import { closeSync, constants, copyFileSync, mkdtempSync, openSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { spawn } from '@lydell/node-pty';
import xterm from '@xterm/headless';
import { screenToSvg } from './screen-to-svg.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const size = { cols: 104, rows: 28 };
const deadlineMs = 20_000;

const folder = mkdtempSync(join(tmpdir(), 'runsheet-picture-'));
let seen = '';
const screen = new xterm.Terminal({ ...size, allowProposedApi: true });
try {
  copyFileSync(join(root, 'runbooks', 'tour.md'), join(folder, 'tour.md'));
  await walk();
  writeFileSync(
    join(root, 'docs', 'terminal.svg'),
    screenToSvg(screen, { title: 'runsheet run tour.md', first: screen.buffer.active.baseY }),
  );
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** Begins the tour, takes its first three steps, and stops in front of the next command. */
async function walk() {
  const terminal = spawn(process.execPath, [join(root, 'dist', 'runsheet.js'), 'run', 'tour.md'], {
    ...size,
    name: 'xterm-256color',
    cwd: folder,
    env: {
      PATH: process.env.PATH,
      HOME: folder,
      LANG: 'C.UTF-8',
      TERM: 'xterm-256color',
      COLORTERM: 'truecolor',
      RUNSHEET_STATE: join(folder, 'state'),
      NODE_OPTIONS: `--require ${join(root, 'test', 'e2e', 'named-user.cjs')}`,
      TEST_USER_NAME: 'ada',
    },
  });
  const held = openSync(terminal.ptsName, constants.O_RDWR | constants.O_NOCTTY);
  try {
    for (const question of [
      // The text of the page comes a moment after the question.
      'This page is a runbook',
      'Run `make-a-place`?',
      'Run `still-here`?',
      'Run `keep-an-answer-for-later`?',
    ]) {
      await shows(terminal, question);
      while (text().includes('Space read on')) {
        terminal.write(' ');
        await shows(terminal, '');
      }
      terminal.write('\r');
    }
    await shows(terminal, 'Run `guest-book`?');
  } finally {
    closeSync(held);
    terminal.kill('SIGKILL');
    // The tour was left in the middle, so it could not tidy up its playground.
    for (const [playground] of seen.matchAll(/\/tmp\/runsheet-tour\.\w{6}/g)) {
      rmSync(playground, { recursive: true, force: true });
    }
  }
}

function shows(terminal, question) {
  return new Promise((resolve, reject) => {
    const deadline = setTimeout(
      () => reject(new Error(`the screen never showed "${question}":\n${text()}`)),
      deadlineMs,
    );
    const answering = screen.onData((data) => terminal.write(data));
    const listening = terminal.onData((data) => {
      seen += data;
      screen.write(data, () => {
        // Between these marks a frame is only half drawn.
        const isWhole = seen.lastIndexOf('\x1b[?2026l') > seen.lastIndexOf('\x1b[?2026h');
        // Keys that work are shown; for a moment after one was taken, none do.
        const takesKeys = text().includes('? help');
        if (!isWhole || !takesKeys || !text().includes(question)) return;
        clearTimeout(deadline);
        listening.dispose();
        answering.dispose();
        resolve();
      });
    });
  });
}

function text() {
  const { active } = screen.buffer;
  return Array.from({ length: size.rows }, (_, row) =>
    active.getLine(active.baseY + row)?.translateToString(true),
  ).join('\n');
}
