// Owns the drawing of a screen through Ink: panes become boxes in their places. Loaded after the first picture.
import { Box, render, Text } from 'ink';
import { useSyncExternalStore } from 'react';
import type { Pane, Screen } from '../screen/screen-model.ts';
import type { FrameSink } from './frame-sink.ts';

/** Where the newest screen comes from. */
export interface ScreenSource {
  subscribe(listener: () => void): () => void;
  current(): Screen;
}

function PaneBox({ pane: { left, top, width, height, lines } }: { readonly pane: Pane }) {
  return (
    <Box position="absolute" marginLeft={left} marginTop={top} width={width} height={height}>
      <Text wrap="truncate">{lines.join('\n')}</Text>
    </Box>
  );
}

function App({ source }: { readonly source: ScreenSource }) {
  const screen = useSyncExternalStore(
    (listener) => source.subscribe(listener),
    () => source.current(),
  );
  return (
    <Box width={screen.columns} height={screen.rows}>
      {screen.panes.map((pane) => (
        <PaneBox key={pane.key} pane={pane} />
      ))}
    </Box>
  );
}

/** Draws every screen of the source into the sink, until the returned function is called. */
export function drawWithInk(
  source: ScreenSource,
  sink: FrameSink,
  onError: (error: unknown) => void,
): () => void {
  const drawn = render(<App source={source} />, {
    // Ink needs of a stream what the sink has: `write`, the size, and events.
    stdout: sink as unknown as NodeJS.WriteStream,
    debug: true,
    patchConsole: false,
    exitOnCtrlC: false,
  });
  drawn.waitUntilExit().catch(onError);
  return () => drawn.unmount();
}
