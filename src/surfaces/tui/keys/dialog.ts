// Owns what may be open above the rest of the screen, and what it brings about.
import type { Address } from '../../../basics/address.ts';
import type { RunCommand } from '../../../run/command.ts';
import type { TextField } from './text-field.ts';

/** What a line of text is asked for. */
export type TextPurpose =
  | 'note'
  | 'update'
  | 'skip'
  | 'done'
  | 'manual-note'
  | 'answer'
  | 'failure-skip'
  | 'failure-done'
  | 'doubt-skip'
  | 'target'
  | 'search'
  /** Was typed for a question that is gone. */
  | 'left';

/** The question that something was being typed for, which is gone. */
export interface LeftQuestion {
  readonly asked: string | undefined;
}

/** What a text was to be. */
export interface LeftText extends LeftQuestion {
  readonly purpose: TextPurpose;
  readonly title: string;
}

/** What is open above the rest, and takes the keys. */
export type Dialog =
  | {
      readonly type: 'text';
      readonly purpose: TextPurpose;
      readonly address?: Address;
      readonly title: string;
      readonly field: TextField;
      /** What must be typed, letter by letter. */
      readonly target?: string;
      readonly left?: LeftText;
    }
  /** Something that is not to happen by a slip of the finger: `y` does it. */
  | { readonly type: 'confirmation'; readonly text: string; readonly yes: string; readonly effect: UiEffect }
  /** The command of a block, several lines. With `retry` the block runs again afterwards. */
  | {
      readonly type: 'edit';
      readonly address: Address;
      readonly field: TextField;
      readonly retry: boolean;
      readonly left?: LeftQuestion;
    }
  /** A page in the place of the text: what the keys do, or what guards each step. */
  | { readonly type: 'help'; readonly about: 'keys' | 'guards'; readonly top: number };

/** What a key brings about outside of the screen. */
export type UiEffect =
  | { readonly type: 'send'; readonly commands: readonly RunCommand[] }
  | {
      readonly type: 'edit-outside';
      readonly address: Address;
      readonly code: string;
      readonly retry: boolean;
    }
  | { readonly type: 'begin'; readonly how: 'now' | 'later' }
  | { readonly type: 'stop-process' }
  | { readonly type: 'redraw' }
  | { readonly type: 'close' };
