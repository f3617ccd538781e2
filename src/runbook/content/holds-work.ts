// Owns what in a page is there to be run or ticked.
import type { Nodes } from 'mdast';
import { looksLikeCommand } from '../../languages/recognition/looks-like-command.ts';
import { holdsText } from '../attributes/holds-text.ts';
import type { Attributes } from '../runbook.ts';
import type { WrittenBlock, WrittenBlocks } from './read-blocks.ts';
import { isTaskList } from './read-checklist.ts';

/** Whether something in a node would run or be ticked: what makes a heading of a walkthrough a step. */
export function holdsWork(node: Nodes, written: WrittenBlocks): boolean {
  if (node.type === 'code') {
    const block = written.blocks.get(node);
    if (block === undefined || written.outputs.has(node)) return false;
    return isRunnable(block, {}, false) || looksLikeWork(block);
  }
  if (isTaskList(node)) return true;
  if (node.type === 'list' || node.type === 'listItem' || node.type === 'blockquote') {
    return node.children.some((child: Nodes) => holdsWork(child, written));
  }
  return false;
}

/** Commands that nobody labelled: nothing runs them, but somebody is meant to. */
function looksLikeWork({ node, language, attributes }: WrittenBlock): boolean {
  if (language !== undefined || attributes.run === false) return false;
  const first = node.value.split(/\r\n|\n|\r/, 20).find((line) => /^\s*[^\s#]/.test(line));
  return first !== undefined && looksLikeCommand(first);
}

/** Whether a block runs, given the attributes of its heading. */
export function isRunnable(written: WrittenBlock, inherited: Attributes, isContext: boolean): boolean {
  const run = written.attributes.run ?? inherited.run;
  if (run === false) return false;
  // An empty file is one, too.
  if (holdsText(written.attributes)) return run === true || !isContext;
  if (written.node.value.trim() === '') return false;
  if (written.attributes.run === true) return written.isRunnableLabel || written.language === undefined;
  const { shown, isUnlabelledCode } = written.reading;
  return shown === undefined && (written.isRunnableLabel || isUnlabelledCode === true) && !isContext;
}
