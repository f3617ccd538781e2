import { expect, test } from 'vitest';
import { editText } from '../../src/surfaces/edit-text.ts';

test('what an editor saves is taken over, and nothing where it fails or is not there', async () => {
  const editors = [`sh -c 'echo new >> "$0"'`, 'true', 'false', 'no-such-editor 2> /dev/null'];
  expect(await Promise.all(editors.map((editor) => editText('old\n', { editor })))).toEqual([
    'old\nnew\n',
    'old\n',
    undefined,
    undefined,
  ]);
});
