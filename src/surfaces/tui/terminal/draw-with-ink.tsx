// Owns the drawing of components through Ink. Loaded after the first picture.
import * as ink from 'ink';
import { type ReactNode, useSyncExternalStore } from 'react';
import { type CursorPlace, TerminalCursorContext } from '../screen/use-terminal-cursor.ts';
import type { FrameSink } from './frame-sink.ts';

/** Where the newest screen comes from. */
export interface ScreenSource {
  subscribe(listener: () => void): () => void;
  /** The same element until something has changed. */
  current(): ReactNode;
  /** Takes where the terminal's cursor stands in the next frame; undefined hides it. */
  putCursor(place: CursorPlace | undefined): void;
}

function App({ source }: { readonly source: ScreenSource }): ReactNode {
  const screen = useSyncExternalStore(
    (listener) => source.subscribe(listener),
    () => source.current(),
  );
  return <TerminalCursorContext.Provider value={source.putCursor}>{screen}</TerminalCursorContext.Provider>;
}

/** Draws every screen of the source into the sink, until the returned function is called. */
export async function drawWithInk(
  source: ScreenSource,
  sink: FrameSink,
  onError: (error: unknown) => void,
): Promise<() => void> {
  // In the bundle Yoga comes a moment after Ink; elsewhere it is there.
  if ('yogaReady' in ink) await ink.yogaReady;
  const drawn = ink.render(<App source={source} />, {
    // Ink needs of a stream what the sink has: `write`, the size, and events.
    stdout: sink as unknown as NodeJS.WriteStream,
    debug: true,
    patchConsole: false,
    exitOnCtrlC: false,
  });
  drawn.waitUntilExit().catch(onError);
  return () => drawn.unmount();
}
