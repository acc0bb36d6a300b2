// select[data-combo]: type to filter by text, code or pinyin initials (option data-key).
// input[data-lookup=url]: GET url?q=… → [{value, text, note}]; the visible input writes the hidden one
// (data-for = id of the input that is sent). Without this script both stay what they are.
import { ask, each, text } from './dom.js';

let count = 0;
const fold = (words) => words.toLowerCase().replace(/[\s\u3000]+/g, '');

class Combo {
  constructor(input, find, pick) {
    Object.assign(this, { input, find, pick, items: [], at: -1, id: `hq-combo-${++count}` });
    const box = document.createElement('span');
    box.className = 'hq-combo d-block';
    input.before(box);
    this.list = Object.assign(document.createElement('ul'), { className: 'list', id: this.id, hidden: true });
    this.list.setAttribute('role', 'listbox');
    this.list.setAttribute('aria-label', input.getAttribute('aria-label') ?? input.labels?.[0]?.textContent ?? '');
    box.append(input, this.list);
    const says = { role: 'combobox', 'aria-autocomplete': 'list', 'aria-expanded': 'false', 'aria-controls': this.id, autocomplete: 'off' };
    for (const [name, value] of Object.entries(says)) input.setAttribute(name, value);
    input.addEventListener('input', (event) => {
      if (!event.isComposing) this.show(input.value);
    });
    input.addEventListener('compositionend', () => this.show(input.value));
    input.addEventListener('click', () => this.list.hidden && this.show(''));
    input.addEventListener('keydown', (event) => this.key(event));
    input.addEventListener('blur', () => this.hide());
    // pressing an option must not take the focus away before the click
    this.list.addEventListener('pointerdown', (event) => event.preventDefault());
    this.list.addEventListener('click', (event) => {
      const row = event.target.closest('li[data-n]');
      if (row) this.take(Number(row.dataset.n));
    });
  }

  async show(words) {
    const turn = (this.turn = (this.turn ?? 0) + 1);
    const items = await this.find(words);
    if (turn !== this.turn || document.activeElement !== this.input) return;
    this.items = items;
    this.list.replaceChildren(...items.map((item, n) => this.row(item, n)));
    if (!items.length) {
      this.list.append(Object.assign(document.createElement('li'), { className: 'none', textContent: text('nothing') }));
    }
    this.list.hidden = false;
    this.place();
    this.input.setAttribute('aria-expanded', 'true');
    this.mark(words && items.length ? 0 : -1);
  }

  row(item, n) {
    const row = Object.assign(document.createElement('li'), { id: `${this.id}-${n}`, textContent: item.text });
    row.setAttribute('role', 'option');
    row.dataset.n = n;
    if (item.note) row.append(Object.assign(document.createElement('small'), { textContent: item.note }));
    return row;
  }

  // inside something that scrolls (a dialog, a lines table) the list is placed on the window
  place() {
    const held = this.input.closest('.hq-lines, .hq-dialog .hq-cb');
    this.list.classList.toggle('fixed', Boolean(held));
    if (!held) return;
    const at = this.input.getBoundingClientRect();
    const up = at.bottom + 270 > window.innerHeight && at.top > 280;
    this.list.style.left = `${at.left}px`;
    this.list.style.width = `${Math.max(at.width, 220)}px`;
    this.list.style.top = up ? 'auto' : `${at.bottom + 4}px`;
    this.list.style.bottom = up ? `${window.innerHeight - at.top + 4}px` : 'auto';
  }

  mark(n) {
    this.at = n;
    for (const row of this.list.children) row.setAttribute('aria-selected', String(Number(row.dataset.n) === n));
    const row = this.list.children[n];
    if (row) this.input.setAttribute('aria-activedescendant', row.id);
    else this.input.removeAttribute('aria-activedescendant');
    row?.scrollIntoView({ block: 'nearest' });
  }

  take(n) {
    this.pick(this.items[n]);
    this.list.hidden = true;
    this.input.setAttribute('aria-expanded', 'false');
  }

  hide() {
    this.turn = (this.turn ?? 0) + 1;
    this.list.hidden = true;
    this.input.setAttribute('aria-expanded', 'false');
    this.pick(null);
  }

  key(event) {
    const open = !this.list.hidden;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.isComposing) return;
    if (step) {
      event.preventDefault();
      event.stopPropagation();
      if (!open) this.show('');
      else if (this.items.length) this.mark((this.at + step + this.items.length) % this.items.length);
    } else if (event.key === 'Enter' && open && this.at >= 0) {
      event.preventDefault();
      event.stopPropagation();
      this.take(this.at);
    } else if (event.key === 'Escape' && open) {
      event.preventDefault();
      event.stopPropagation();
      this.hide();
    }
  }
}

function change(el) {
  el.dispatchEvent(new Event('input', { bubbles: true }));
  el.dispatchEvent(new Event('change', { bubbles: true }));
}

each('select[data-combo]:not([multiple])', (select) => {
  const input = document.createElement('input');
  input.type = 'text';
  input.className = select.className.replace('form-select', 'form-control');
  input.disabled = select.disabled;
  const label = select.getAttribute('aria-label') ?? select.labels?.[0]?.firstChild?.textContent;
  if (label) input.setAttribute('aria-label', label.trim());
  if (select.hasAttribute('aria-describedby')) input.setAttribute('aria-describedby', select.getAttribute('aria-describedby'));
  const all = () => [...select.options].map((option) => ({ option, value: option.value, text: option.text.trim(), note: option.dataset.note ?? '', key: fold(`${option.text} ${option.dataset.key ?? ''}`) }));
  const shown = () => (select.value ? select.selectedOptions[0]?.text.trim() ?? '' : '');
  const find = async (words) => {
    const asked = fold(words);
    const hits = all().filter((item) => (asked ? item.value && item.key.includes(asked) : true));
    // what starts with the words comes first
    return hits.sort((a, b) => b.key.startsWith(asked) - a.key.startsWith(asked)).slice(0, 80);
  };
  const pick = (item) => {
    if (item) select.value = item.value;
    else if (!input.value.trim() && select.value && select.querySelector('option[value=""]')) select.value = '';
    else {
      input.value = shown();
      return;
    }
    input.value = shown();
    change(select);
  };
  select.after(input);
  new Combo(input, find, pick);
  input.placeholder = select.querySelector('option[value=""]')?.text.replace(/^-+$/, '') ?? '';
  input.value = shown();
  select.classList.add('hq-sr');
  select.tabIndex = -1;
  select.setAttribute('aria-hidden', 'true');
  if (select.id) {
    // the label's click goes to the visible input
    for (const tag of select.labels ?? []) tag.addEventListener('click', () => input.focus());
  }
  select.addEventListener('change', () => (input.value = shown()));
});

each('input[data-lookup]', (input) => {
  const sent = document.getElementById(input.dataset.for ?? '');
  let shown = input.value;
  let timer = 0;
  const find = (words) =>
    new Promise((resolve) => {
      clearTimeout(timer);
      timer = setTimeout(async () => {
        const address = new URL(input.dataset.lookup, location.href);
        address.searchParams.set('q', words);
        const response = await ask(address.href, { headers: { Accept: 'application/json' } }).catch(() => null);
        const answer = response?.ok ? await response.json() : [];
        resolve((Array.isArray(answer) ? answer : answer.results ?? []).slice(0, 40));
      }, words ? 200 : 0);
    });
  const pick = (item) => {
    if (!item && input.value.trim()) {
      if (!('free' in input.dataset)) input.value = shown;
      return;
    }
    shown = item?.text ?? '';
    input.value = shown;
    if (sent && sent.value !== String(item?.value ?? '')) {
      sent.value = item?.value ?? '';
      change(sent);
    }
    input.dispatchEvent(new CustomEvent('hq:picked', { bubbles: true, detail: item }));
  };
  new Combo(input, find, pick);
});
