// Tests how buttons of chats name the answers that they give.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { answerButton, readButton } from '../../../src/run/answers/answer-button.ts';

const text = fc.string({ minLength: 1, maxLength: 500 });

test('a button is read as it was made', () => {
  fc.assert(
    fc.property(
      fc.record(
        { run: text, address: text, word: text, of: text },
        { requiredKeys: ['run', 'address', 'word'] },
      ),
      fc.nat(),
      (answer, place) => {
        const { id, value } = answerButton(answer, place);
        expect(readButton(id, value)).toEqual(answer);
      },
    ),
  );
});

test.each([
  ['runsheet.answer.0', ''],
  ['runsheet.answer.0', '{'],
  ['runsheet.answer.0', '["run","gate"]'],
  ['runsheet.answer.0', '["run","gate","approve","digest","more"]'],
  ['runsheet.answer.0', '["run","gate",7]'],
  ['runsheet.answer.0', '["run","","approve"]'],
  ['runsheet.answer.0', `["run","gate","${'a'.repeat(501)}"]`],
  ['runsheet.answer.0', '"abc"'],
  ['answer.0', '["run","gate","approve"]'],
])('%s with %.60s is none of ours', (id, value) => {
  expect(readButton(id, value)).toBeUndefined();
});
