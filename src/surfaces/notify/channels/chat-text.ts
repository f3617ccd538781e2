// Owns how text that is not the author's is written for services that read more into it than words.

/** Words behind an `@` that call many people in Slack, Mattermost, Discord, Rocket.Chat and their like. */
const everybody = /@(?=(?:channel|here|everyone|all|group|users|team|room)\b)/gi;
const zeroWidthSpace = '\u200b';

/** Text that calls nobody and links nowhere in such a service; Teams gets it where it is taken as it is. */
export const chatText: Readonly<Record<'slack' | 'discord', (text: string) => string>> = {
  // By Slack's own rule: `<!channel>`, `<@U1>` and `<https://…|here>` stay the characters that they are.
  slack: (text) =>
    withoutCalls(text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')),
  discord: (text) => withoutCalls(text.replace(/[\\`*_~|<>[\]()#-]/g, (mark) => `\\${mark}`)),
};

function withoutCalls(text: string): string {
  return text.replace(everybody, `@${zeroWidthSpace}`);
}
