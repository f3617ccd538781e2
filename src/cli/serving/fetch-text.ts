// Owns fetching what the proof of a sender needs from the network.

const longestText = 256 * 1024;
const patienceMs = 5_000;

/** The text at an address of https, without redirects; throws where it cannot be had, is too long, or takes too long. */
export async function fetchText(url: string): Promise<string> {
  if (new URL(url).protocol !== 'https:') throw new Error('only https is asked');
  const answer = await fetch(url, { redirect: 'error', signal: AbortSignal.timeout(patienceMs) });
  if (!answer.ok || answer.body === null) throw new Error(`HTTP ${answer.status}`);
  const decoder = new TextDecoder();
  let text = '';
  let bytes = 0;
  for await (const chunk of answer.body) {
    bytes += chunk.length;
    if (bytes > longestText) throw new Error('the answer is too long');
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}
