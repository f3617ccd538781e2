// Owns the script of the pages: it renews what is live, and nothing depends on it.

/** Renews the live part of a page of a run when there is more to show, and counts down what is waited for. */
export const webScript = `'use strict';
const live = document.querySelector('[data-live]');
if (live && 'EventSource' in window) {
  const source = new EventSource(live.dataset.live);
  let asking = false, again = false, put = false, renewals = 0;
  const renew = async () => {
    if (asking) { again = true; return; }
    asking = true;
    try {
      // What somebody is writing is not taken from them.
      const busy = live.contains(document.activeElement) && document.activeElement.matches('input,textarea,select');
      put = busy;
      if (!busy) {
        const answer = await fetch(location.pathname + '?part=live', { credentials: 'same-origin' });
        if (answer.ok) {
          const open = new Set([...live.querySelectorAll('details[open]>summary')].map((one) => one.textContent));
          live.innerHTML = await answer.text();
          renewals += 1;
          for (const one of live.querySelectorAll('details>summary')) if (open.has(one.textContent)) one.parentElement.open = true;
        } else if (answer.status === 401) location.reload();
      }
    } finally {
      asking = false;
      if (again) { again = false; setTimeout(renew, 500); }
    }
  };
  source.addEventListener('changed', renew);
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
    } finally {
      fetching = false;
      if (more) { more = false; show(); }
    }
  };
  source.addEventListener('printed', show);
  // What was put off while somebody was writing; a button that they go to stays under their hand.
  live.addEventListener('focusout', (event) => {
    if (put && !live.contains(event.relatedTarget)) renew();
  });
  addEventListener('pagehide', () => source.close());
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
