// Owns the page on which somebody signs in.
import { html } from 'hono/html';
import type { Html } from './shell.ts';

/** The ways that are open, with what was wrong at the last try. */
export function signInPage(wrong: string | undefined, next: string, hasOidc: boolean): Html {
  return html`${wrong === undefined ? '' : html`<p class="notice bad" role="alert">${wrong}</p>`}
${hasOidc ? html`<form method="get" action="/sign-in/oidc"><input type="hidden" name="next" value="${next}"><button class="main">Sign in with your account</button></form>` : ''}
<form method="post" action="/sign-in">
<input type="hidden" name="next" value="${next}">
<label for="token">Token</label>
<input type="password" id="token" name="token" autocomplete="current-password" required>
<p class="hint">The server has printed one for its owner where it was started.</p>
<button class="${hasOidc ? '' : 'main'}">Sign in</button></form>`;
}
