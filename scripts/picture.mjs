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
const size = { cols: 92, rows: 32 };
const deadlineMs = 20_000;

const folder = mkdtempSync(join(tmpdir(), 'runsheet-picture-'));
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

/** Takes the first step of the tour, and stops in front of the third. */
async function walk() {
  const terminal = spawn(
    process.execPath,
    [join(root, 'dist', 'runsheet.js'), 'run', 'tour.md', '--surface', 'prompt'],
    {
      ...size,
      name: 'xterm-256color',
      cwd: folder,
      env: {
        PATH: process.env.PATH,
        HOME: folder,
        LANG: 'C.UTF-8',
        TERM: 'xterm-256color',
        RUNSHEET_STATE: join(folder, 'state'),
      },
    },
  );
  const held = openSync(terminal.ptsName, constants.O_RDWR | constants.O_NOCTTY);
  try {
    await shows(terminal, /Step 2 of \d+[\s\S]*\? help/);
    terminal.write('\r');
    await shows(terminal, /Step 3 of \d+[\s\S]*\? help/);
  } finally {
    closeSync(held);
    terminal.kill('SIGKILL');
  }
}

function shows(terminal, pattern) {
  return new Promise((resolve, reject) => {
    const deadline = setTimeout(
      () => reject(new Error(`the screen never showed ${pattern}:\n${text()}`)),
      deadlineMs,
    );
    const listening = terminal.onData((data) => {
      screen.write(data, () => {
        if (!pattern.test(text())) return;
        clearTimeout(deadline);
        listening.dispose();
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
