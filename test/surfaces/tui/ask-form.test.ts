// Tests what is on the screen before the inputs of a run can be drawn.
import { PassThrough } from 'node:stream';
import { renderToString } from 'ink';
import { expect, test } from 'vitest';
import type { OfferedInput } from '../../../src/run/inputs/offered-input.ts';
import { askForm } from '../../../src/surfaces/tui/ask-form.ts';
import type { TuiSurfaceOptions } from '../../../src/surfaces/tui/create-tui-surface.ts';
import { inputForm } from '../../../src/surfaces/tui/keys/input-form.ts';
import type { Size } from '../../../src/surfaces/tui/main-size.ts';
import { formScreen } from '../../../src/surfaces/tui/screen/form-screen.tsx';
import { makePalette } from '../../../src/view/layout/palette.ts';
import { parse } from '../../runbook/runbook-of.ts';
import { CollectingStream } from '../collecting-stream.ts';

test('the terminal is taken with the title and what is asked, so that no empty screen is seen', async () => {
  const { runbook } = parse('---\ninputs: { ZONE: { default: eu-1 } }\n---\n# Page\n\n```sh\na\n```\n');
  const inputs: readonly OfferedInput[] = (runbook.frontMatter.inputs ?? []).map((declaration) => ({
    declaration,
    origin: 'default',
  }));
  expect(inputs.map(({ declaration }) => declaration.name)).toEqual(['ZONE']);
  const output = Object.assign(new CollectingStream(), { isTTY: true, columns: 80, rows: 24, fd: 1 });
  const input = new PassThrough();
  const options: unknown = { input, output, env: { LANG: 'C.UTF-8' } };
  const given = askForm('Page', inputs, options as TuiSurfaceOptions);
  expect(output.text).toMatch(
    /^\u001b\[\?1049h.*Page.*Change what you need; Enter takes the rest as it is\..*\u001b\[\?2026l$/s,
  );
  input.write('\r');
  expect(await given).toEqual({});
});

function drawn(page: string, size: Size): string {
  const { runbook } = parse(`---\ninputs:\n${page}\n---\n# P\n\n\`\`\`sh\na\n\`\`\`\n`);
  const inputs = runbook.frontMatter.inputs ?? [];
  const form = inputForm(inputs.map((declaration) => ({ declaration, origin: 'open' as const })));
  return renderToString(formScreen({ form, title: 'P', size, palette: makePalette(0) }), {
    columns: size.columns,
  });
}

test('a description that is wider than the screen can be read where it is answered', () => {
  const words =
    'the zone that all of it is moved to, which has to have twice the room of the one it is in now';
  const screen = drawn(`  ZONE: { description: '${words}' }`, { columns: 40, rows: 12 });
  expect(screen.replace(/\s+/g, ' ')).toContain(words);
});

test('what is out of sight is told: inputs below, and the rest of a long value', () => {
  const names = ['A', 'B', 'C', 'D', 'E', 'F', 'G', 'H'];
  const long = `begin${'.'.repeat(90)}end`;
  const page = names.map((name) => `  ${name}: { default: ${long} }`).join('\n');
  const screen = drawn(page, { columns: 80, rows: 24 });
  expect(screen).toMatch(/── 2 inputs below ──/);
  expect(screen).toMatch(/^ {4}begin\.+…$/m);
  expect(drawn(page, { columns: 80, rows: 40 })).not.toContain('below');
});
