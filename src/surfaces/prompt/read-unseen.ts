// Owns reading a line that the terminal does not echo.
import type { Readable } from 'node:stream';
import { OperatorLeft, QuestionWithdrawn } from './prompter.ts';

/** An input that may be a terminal. */
export type RawInput = Readable & { readonly isTTY?: boolean; setRawMode?(raw: boolean): unknown };

/** Reads one line in raw mode; backspace works, Ctrl-C and Ctrl-D leave. */
export function readUnseen(input: RawInput, signal: AbortSignal): Promise<string> {
  return new Promise((resolve, reject) => {
    const typed: string[] = [];
    const finish = (): void => {
      input.off('data', onData);
      input.off('end', onEnd);
      signal.removeEventListener('abort', onAbort);
      input.setRawMode?.(false);
    };
    const leave = (error: Error): void => {
      finish();
      reject(error);
    };
    const onEnd = (): void => leave(new OperatorLeft('end'));
    const onAbort = (): void => leave(new QuestionWithdrawn());
    const onData = (data: Uint8Array | string): void => {
      for (const character of data.toString()) {
        switch (character) {
          case '\r':
          case '\n':
            finish();
            resolve(typed.join(''));
            return;
          case '\u0003':
            leave(new OperatorLeft('interrupt'));
            return;
          case '\u0004':
            onEnd();
            return;
          case '\u007f':
          case '\b':
            typed.pop();
            break;
          default:
            if (character >= ' ' || character === '\t') typed.push(character);
        }
      }
    };
    input.setRawMode?.(true);
    input.on('data', onData);
    input.on('end', onEnd);
    signal.addEventListener('abort', onAbort, { once: true });
    input.resume();
  });
}
