// Owns the script of the pages: it renews what is live, and nothing depends on it.

/**
 * Renews the live part of a page of a run when there is more to show, and counts down what is waited for. Where the server
 * is not there it says so, and tries again; what somebody is writing, and where they are on the page, stays.
 */
export const webScript = `'use strict';
const live = document.querySelector('[data-live]');
if (live && 'EventSource' in window) {
  const note = document.createElement('p');
  note.className = 'notice';
  note.hidden = true;
  note.setAttribute('role', 'status');
  live.before(note);
  let source, timer, since, why, isHeld = false, isPlacing = false, waitMs = 1000;
  let mark = new URL(live.dataset.live, location.href).searchParams.get('mark');
  const element = (name, words, more) => Object.assign(document.createElement(name), { textContent: words }, more);
  const say = () => {
    const parts = [];
    if (since) {
      parts.push('Not live since ' + since.toLocaleTimeString() + ': ' + (why === 401 ? 'you are signed out. ' : 'the server does not answer, and is asked again. What stands below may be old.'));
      if (why === 401) parts.push(element('a', 'Sign in again', { href: '/sign-in?next=' + encodeURIComponent(location.pathname) }));
    } else if (isHeld) {
      parts.push('There is news of this run, and what you are writing is not asked any more. ', element('button', 'Show it', { type: 'button', onclick: () => renew(true) }));
    }
    note.hidden = parts.length === 0;
    note.replaceChildren(...parts);
  };
  const isOther = (one) => {
    if (one.type === 'checkbox' || one.type === 'radio') return one.checked !== one.defaultChecked;
    if (one.tagName === 'SELECT') return one.selectedIndex !== Math.max(0, [...one.options].findIndex((option) => option.defaultSelected));
    return 'defaultValue' in one && one.type !== 'hidden' && one.value !== one.defaultValue;
  };
  // What somebody is writing, or has written and not sent, is not taken from them.
  const isWritten = (form) => [...form.elements].some(isOther) || (form.contains(document.activeElement) && document.activeElement.matches('input,textarea,select'));
  const nameOf = (form) => JSON.stringify([form.getAttribute('action'), ...[...form.querySelectorAll('input[type=hidden]')].map((one) => [one.name, one.value])]);
  const place = (words, isForced) => {
    const fresh = element('template', '');
    fresh.innerHTML = words;
    const there = [...fresh.content.querySelectorAll('form')];
    const kept = isForced ? [] : [...live.querySelectorAll('form')].filter(isWritten).map((form) => [form, there.find((one) => nameOf(one) === nameOf(form))]);
    if (kept.some(([, other]) => other === undefined)) return false;
    const at = live.contains(document.activeElement) ? document.activeElement : undefined;
    const marked = at && typeof at.selectionStart === 'number' ? [at.selectionStart, at.selectionEnd] : undefined;
    const open = new Set([...live.querySelectorAll('details[open]>summary')].map((one) => one.textContent));
    isPlacing = true;
    for (const [form, other] of kept) other.replaceWith(form);
    live.replaceChildren(fresh.content);
    for (const one of live.querySelectorAll('details>summary')) if (open.has(one.textContent)) one.parentElement.open = true;
    const isSame = (one) => one.textContent === at.textContent && one.value === at.value && one.getAttribute('href') === at.getAttribute('href');
    const next = at && (at.isConnected ? at : [...live.querySelectorAll(at.tagName)].find(isSame));
    if (next) {
      next.focus({ preventScroll: true });
      if (marked) next.setSelectionRange(...marked);
    }
    isPlacing = false;
    return true;
  };
  let asking = false, again = false, renewals = 0;
  const renew = async (isForced) => {
    if (asking) { again = true; return; }
    asking = true;
    try {
      const answer = await fetch(location.pathname + '?part=live', { credentials: 'same-origin' });
      if (!answer.ok) return lost(answer.status);
      isHeld = !place(await answer.text(), isForced);
      renewals += 1;
      say();
      if (since) connect();
    } catch {
      lost();
    } finally {
      asking = false;
      if (again) { again = false; setTimeout(renew, 500); }
    }
  };
  const lost = (status) => {
    since ??= new Date();
    why = status;
    source.close();
    say();
    clearTimeout(timer);
    timer = setTimeout(renew, waitMs);
    waitMs = Math.min(2 * waitMs, 30000);
  };
  let fetching = false, more = false;
  const show = async () => {
    if (fetching) { more = true; return; }
    fetching = true;
    const before = renewals;
    try {
      const answer = await fetch(location.pathname + '?part=running', { credentials: 'same-origin' });
      const words = await answer.text();
      // By now all of it may have been renewed, and what was asked for before that is old.
      if (!answer.ok || asking || before !== renewals) return;
      const output = live.querySelector('[data-output]');
      // Nor is it taken from under whoever is marking a part of it.
      const marked = getSelection();
      if (output && !marked.isCollapsed && output.contains(marked.anchorNode)) return;
      if (output) output.innerHTML = words;
    } catch {
      lost();
    } finally {
      fetching = false;
      if (more) { more = false; show(); }
    }
  };
  const connect = () => {
    source?.close();
    const address = new URL(live.dataset.live, location.href);
    address.searchParams.set('mark', mark);
    source = new EventSource(address);
    source.addEventListener('open', () => {
      since = undefined;
      waitMs = 1000;
      say();
    });
    source.addEventListener('error', () => lost());
    source.addEventListener('changed', (event) => {
      mark = event.data;
      renew();
    });
    source.addEventListener('printed', show);
  };
  connect();
  // What was put off while somebody was writing.
  live.addEventListener('focusout', (event) => {
    if (isHeld && !isPlacing && !live.contains(event.relatedTarget)) renew();
  });
  addEventListener('pagehide', () => {
    clearTimeout(timer);
    source.close();
  });
}
const left = () => {
  for (const one of document.querySelectorAll('time[data-until]')) {
    const seconds = Math.max(0, Math.ceil((Date.parse(one.dateTime) - Date.now()) / 1000));
    one.nextElementSibling.textContent = ' (' + (seconds >= 60 ? Math.floor(seconds / 60) + ' min ' : '') + seconds % 60 + ' s left)';
  }
};
setInterval(left, 1000);
left();
`;
