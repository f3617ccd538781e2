// Owns the page on which somebody signs in.
import { html } from 'hono/html';
import { visibleText } from '../../../text/visible-text.ts';
import type { Html } from '../pages/shell.ts';

/** The ways that are open, with what was wrong at the last try. */
export interface SignInShown {
  readonly wrong: string | undefined;
  readonly next: string;
  /** The host of the provider with whose account one can sign in. */
  readonly provider: string | undefined;
}

/** The page; the way to a provider is no form, because the policy lets forms lead nowhere else. */
export function signInPage({ wrong, next, provider }: SignInShown): Html {
  const away = `/sign-in/oidc?next=${encodeURIComponent(next)}`;
  return html`${wrong === undefined ? '' : html`<p class="notice alert" role="alert">${visibleText(wrong)}</p>`}
${provider === undefined ? '' : html`<p><a class="button main" href="${away}">Sign in with ${provider}</a></p>`}
<form method="post" action="/sign-in">
<input type="hidden" name="next" value="${next}">
<label for="token">Token</label>
<input type="password" id="token" name="token" autocomplete="current-password" required>
<p class="hint">The server has printed one for its owner where it was started.</p>
<button class="${provider === undefined ? 'main' : ''}">Sign in${provider === undefined ? '' : ' with the token'}</button></form>`;
}
