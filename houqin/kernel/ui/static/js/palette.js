// The search overlay: `/`, Ctrl-K or any [data-palette]. GET <form action>?q=… returns .hq-li links.
import { ask, text } from './dom.js';

const palette = document.getElementById('hq-palette');

if (palette) {
  const form = palette.querySelector('form');
  const input = form.querySelector('input');
  const found = document.getElementById('hq-found');
  let timer = 0;
  let turn = 0;

  const rows = () => [...found.querySelectorAll('a.hq-li')];
  const select = (row) => {
    for (const other of rows()) other.setAttribute('aria-selected', String(other === row));
    if (row) input.setAttribute('aria-activedescendant', row.id);
    else input.removeAttribute('aria-activedescendant');
    row?.scrollIntoView({ block: 'nearest' });
  };
  const show = () => {
    if (!palette.open) palette.showModal();
    input.select();
  };
  const search = async () => {
    const words = input.value.trim();
    const mine = ++turn;
    if (!words) return found.replaceChildren();
    const response = await ask(`${form.action}?${new URLSearchParams({ q: words })}`).catch(() => null);
    const html = response?.ok ? await response.text() : '';
    if (mine !== turn) return undefined; // a later answer is already there
    found.innerHTML = html;
    if (!response || !rows().length) {
      if (!found.textContent.trim()) found.textContent = text(response ? 'nothing' : 'network');
      found.classList.toggle('p-3', !found.children.length);
    }
    rows().forEach((row, n) => {
      row.id = `hq-found-${n}`;
      row.setAttribute('role', 'option');
    });
    input.setAttribute('aria-expanded', String(rows().length > 0));
    return select(rows()[0]);
  };

  document.addEventListener('keydown', (event) => {
    const typing = event.target.closest?.('input, textarea, select, [contenteditable]');
    const slash = event.key === '/' && !typing && !event.ctrlKey && !event.metaKey && !event.altKey;
    const ctrlK = (event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'k';
    if ((slash || ctrlK) && !document.querySelector('dialog[open]')) {
      event.preventDefault();
      show();
    }
  });
  document.addEventListener('click', (event) => {
    if (event.target.closest('[data-palette]')) {
      event.preventDefault();
      show();
    }
    if (event.target === palette || event.target.closest('#hq-palette [data-close]')) palette.close();
  });
  input.addEventListener('input', () => {
    clearTimeout(timer);
    timer = setTimeout(search, 160);
  });
  input.addEventListener('keydown', (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const list = rows();
    const at = list.findIndex((row) => row.getAttribute('aria-selected') === 'true');
    if (step && list.length) {
      event.preventDefault();
      select(list[(at + step + list.length) % list.length]);
    } else if (event.key === 'Enter' && !event.isComposing && at >= 0) {
      event.preventDefault();
      list[at].click();
    }
  });
}
