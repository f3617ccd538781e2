// Owns which headings of prose ask a person to look or to do something.
import { normaliseHeading } from './normalise-heading.ts';

const looks =
  /^(?:check|look|verify|inspect|review|examine|identify|determine|confirm|find|see|compare|ask|watch|monitor|is|are|does|do|has|have|which|what|who|when|where)\b|^(?:检查|确认|查看|確認|확인)|(?:确认|を確認|の確認|확인)(?:する)?$/;

const acts =
  /^(?:notify|tell|announce|inform|ask|call|contact|request|schedule|approve|merge|disable|enable|open|close|stop|start|restart|wait|block|unblock|pause|resume|log in|sign in|remove|replace|swap|switch|unplug|plug|drain|restore|reboot|power)\b|^(?:通知|联系|等待|连絡)/;

/** Prose below a diagnosis that asks somebody to look: by its heading, or by a question in it. */
export function asksToLook(title: string, prose: string): boolean {
  return looks.test(normaliseHeading(title)) || /[?？](?:\s|$)/.test(prose);
}

/** A heading of prose that asks somebody to do something. */
export function asksToAct(title: string): boolean {
  return acts.test(normaliseHeading(title));
}
