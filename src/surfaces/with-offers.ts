// Owns which words of a listing are offered as the value that is read off it.
import { stripVTControlCharacters } from 'node:util';
import type { ManualItem, PlanItem } from '../run/plan.ts';
import type { Question } from '../run/question.ts';
import type { RunView } from '../run/surface.ts';

/** Bytes of the end of an output that are looked at; words that are offered. */
const looked = 16_384;
const most = 20;

/** The question with what the newest output offers for it, where it asks what a placeholder stands for. */
export function withOffers(question: Question, view: RunView): Question {
  if (question.type !== 'manual') return question;
  const state = view.state();
  const index = state.indexOf.get(question.address) ?? -1;
  if (!asksPlaceholder(state.plan.items[index])) return question;
  for (let before = index - 1; before >= 0; before -= 1) {
    const output = state.items[before]?.result?.output;
    if (state.plan.items[before]?.kind !== 'block' || output === undefined) continue;
    const text = new TextDecoder().decode(view.readOutputTail(output, looked));
    const offers = offeredWords(text);
    return offers.length === 0 ? question : { ...question, offers };
  }
  return question;
}

function asksPlaceholder(item: PlanItem | undefined): item is ManualItem {
  return item?.kind === 'manual' && item.ask?.placeholder !== undefined && item.ask.choices === undefined;
}

/** What each line of a listing is about: its first word, headings and rules between rows left out. */
export function offeredWords(text: string): readonly string[] {
  const lines = stripVTControlCharacters(text).split(/\r?\n/);
  const words = lines.flatMap((line) => {
    if (/^[^a-z]*[A-Z][^a-z]*$/.test(line) && /\s{2,}/.test(line.trim())) return [];
    const word = line.split(/[\s|]+/).find((one) => one !== '') ?? '';
    return /[\p{L}\p{N}]/u.test(word) ? [word] : [];
  });
  return [...new Set(words)].slice(-most);
}
