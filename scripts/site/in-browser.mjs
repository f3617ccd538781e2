// Owns what a page does in a browser: the search, and the navigation of a narrow window.
import MiniSearch from 'minisearch';

const root = document.currentScript?.dataset.root ?? '';
const field = document.getElementById('search');
const list = document.getElementById('found');
let index;

if (window.matchMedia('(max-width: 60rem)').matches)
  document.querySelector('.navigation').removeAttribute('open');

/** The sections come by a script, because a page that is opened as a file may fetch nothing. */
function load() {
  index ??= new Promise((resolve, reject) => {
    const script = document.createElement('script');
    script.src = `${root}sections.js`;
    script.onload = () => {
      const search = new MiniSearch({
        fields: ['title', 'page', 'text'],
        storeFields: ['title', 'page', 'address', 'text'],
        searchOptions: { prefix: true, fuzzy: 0.15, boost: { title: 4, page: 2 }, combineWith: 'AND' },
      });
      search.addAll(window.sections.map((section, id) => ({ id, ...section })));
      resolve(search);
    };
    script.onerror = reject;
    document.head.append(script);
  });
  return index;
}

async function show() {
  const wanted = field.value.trim();
  const found = wanted === '' ? [] : (await load()).search(wanted).slice(0, 12);
  if (field.value.trim() !== wanted) return;
  list.replaceChildren(...found.map((one) => itemOf(one)));
  if (wanted !== '' && found.length === 0)
    list.append(Object.assign(document.createElement('li'), { textContent: 'Nothing found' }));
  list.hidden = wanted === '';
}

function itemOf({ title, page, address, text, terms }) {
  const link = Object.assign(document.createElement('a'), { href: root + address });
  const at = Math.max(0, text.toLowerCase().indexOf(terms[0] ?? '') - 30);
  const parts = [
    ['b', title],
    ['span', title === page ? '' : page],
    ['small', text.slice(at, at + 120)],
  ];
  link.append(
    ...parts.map(([name, textContent]) => Object.assign(document.createElement(name), { textContent })),
  );
  const item = document.createElement('li');
  item.append(link);
  return item;
}

field.addEventListener('input', show);
field.addEventListener('focus', load, { once: true });
document.addEventListener('keydown', (event) => {
  if (event.key === '/' && !/^(INPUT|TEXTAREA)$/.test(document.activeElement?.tagName ?? '')) {
    event.preventDefault();
    field.focus();
    return;
  }
  if (event.key === 'Escape') list.hidden = true;
  if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
  const links = [...list.querySelectorAll('a')];
  if (list.hidden || links.length === 0) return;
  event.preventDefault();
  const step = event.key === 'ArrowDown' ? 1 : -1;
  const next = links.indexOf(document.activeElement) + step;
  (links[next] ?? field).focus();
});
