// The review of a document: tabs that filter rows, rows that find their line, one answer sent at a time.
// Also [data-copy=id] (copies that element's text) and the years offered for a pasted text.

const smooth = matchMedia('(prefers-reduced-motion: reduce)').matches ? 'auto' : 'smooth';
const rows = () => [...document.querySelectorAll('[data-review] [data-row]')];

// only the control that changed is an answer; the guesses beside it stay guesses
document.addEventListener('htmx:configRequest', (event) => {
  const row = event.target.closest('form[data-row]');
  if (!row || event.target !== row) return;
  const control = event.detail.triggeringEvent?.target;
  if (!control?.name) {
    event.preventDefault();
    return;
  }
  for (const name of [...event.detail.formData.keys()]) if (name !== control.name) event.detail.formData.delete(name);
  if (control.type === 'checkbox') event.detail.formData.set(control.name, control.checked ? 'on' : 'off');
});

// pressing the answer that is preselected already confirms it
document.addEventListener('click', (event) => {
  const radio = event.target.closest('form[data-row] [data-open] input[type=radio]');
  if (!radio) return;
  radio.closest('[data-open]').removeAttribute('data-open');
  if (radio.defaultChecked) radio.dispatchEvent(new Event('change', { bubbles: true }));
});
document.addEventListener('focusin', (event) => event.target.closest?.('.rv-o input')?.select());

function mark(row) {
  for (const other of document.querySelectorAll('.hq-doc mark.sel, .rv.sel')) other.classList.remove('sel');
  row?.classList.add('sel');
}

function find(line) {
  const at = document.getElementById(`l-${line}`);
  if (!at) return;
  at.querySelector('mark')?.classList.add('sel');
  const box = at.closest('.rv-scroll');
  box.scrollTo({ top: at.offsetTop - box.clientHeight / 3, behavior: smooth });
}

function show(key) {
  const tabs = document.getElementById('rv-tabs');
  tabs.dataset.on = key;
  for (const tab of tabs.querySelectorAll('[data-show]')) {
    tab.classList.toggle('on', tab.dataset.show === key);
    tab.setAttribute('aria-selected', String(tab.dataset.show === key));
  }
  for (const row of rows()) row.hidden = key === 'all' ? Boolean(row.closest('[data-left]')) && false : row.dataset.sure !== key;
  for (const group of [...document.querySelectorAll('[data-review] [data-group]')].reverse()) {
    const inside = [...group.querySelectorAll('[data-row]')];
    group.hidden = key !== 'all' && !inside.some((row) => !row.hidden);
  }
}

document.addEventListener('click', (event) => {
  const tab = event.target.closest('[data-show]');
  if (tab) {
    event.preventDefault();
    show(tab.dataset.show);
    return;
  }
  const unfold = event.target.closest('[data-unfold]');
  if (unfold) {
    const more = document.getElementById(unfold.getAttribute('aria-controls'));
    more.hidden = !more.hidden;
    unfold.setAttribute('aria-expanded', String(!more.hidden));
  }
  if (event.target.closest('[data-next]')) next();
  const number = event.target.closest('[data-find]');
  const row = event.target.closest('[data-review] [data-row]');
  if (number || row) {
    mark(row);
    find(number?.dataset.find ?? row.dataset.line);
  }
  const words = event.target.closest('.hq-doc [data-row-of]');
  if (words) {
    const there = document.getElementById(`r-${words.dataset.rowOf}`);
    if (!there) return;
    if (there.hidden) show('all');
    mark(there);
    words.classList.add('sel');
    there.scrollIntoView({ block: 'center', behavior: smooth });
    there.querySelector('textarea')?.focus({ preventScroll: true });
  }
  const copy = event.target.closest('[data-copy]');
  if (copy) take(copy);
});
document.addEventListener('focusin', (event) => {
  const row = event.target.closest?.('[data-review] form[data-row]');
  if (row && !row.classList.contains('sel')) {
    mark(row);
    find(row.dataset.line);
  }
});

function next() {
  const waiting = rows().filter((row) => row.dataset.sure === 'look');
  if (!waiting.length) return;
  const at = waiting.findIndex((row) => row.classList.contains('sel'));
  const row = waiting[(at + 1) % waiting.length];
  if (row.hidden) show('all');
  mark(row);
  find(row.dataset.line);
  row.scrollIntoView({ block: 'center' });
  (row.querySelector('.look input:checked') ?? row.querySelector('.rv-a input') ?? row.querySelector('textarea')).focus({ preventScroll: true });
}

// after an answer the row and its line carry the new word of confidence
document.addEventListener('htmx:oobAfterSwap', (event) => {
  const said = event.detail.target;
  if (said.id === 'rv-tabs') show(document.getElementById('rv-tabs').dataset.on ?? shown);
  if (!said.matches('.rv-s')) return;
  const row = document.getElementById(`r-${said.id.slice(2)}`);
  if (!row) return;
  row.dataset.sure = document.getElementById(said.id).dataset.sure;
  row.classList.toggle('skip', row.dataset.sure === 'skip');
  if (row.dataset.sure !== 'look') {
    row.querySelector('[data-settle]')?.remove();
    for (const doubt of row.querySelectorAll('.rv-q.look')) doubt.classList.remove('look');
  }
  const line = document.querySelector(`[data-row-of="${row.id.slice(2)}"]`);
  line?.classList.toggle('q', row.dataset.sure === 'look');
});
let shown = 'all';
document.addEventListener('htmx:oobBeforeSwap', (event) => {
  if (event.detail.target.id === 'rv-tabs') shown = event.detail.target.dataset.on ?? 'all';
});

async function take(button) {
  const words = document.getElementById(button.dataset.copy).textContent.trim();
  try {
    await navigator.clipboard.writeText(words);
  } catch {
    // pages without https have no clipboard: a selection that the old command copies
    const area = Object.assign(document.createElement('textarea'), { value: words });
    (button.closest('dialog') ?? document.body).append(area);
    area.select();
    document.execCommand('copy');
    area.remove();
  }
  button.classList.add('done');
  const label = button.querySelector('span');
  if (label && button.dataset.done) label.textContent = button.dataset.done;
}

// a term opens at its current week, with the two before it in sight
const here = document.querySelector('.hq-plan > .w[aria-current]');
if (here && !location.hash) {
  const before = [...document.querySelectorAll('.hq-plan > .w')];
  const first = before[Math.max(before.indexOf(here) - 2, 0)];
  const top = first.getBoundingClientRect().top + scrollY;
  if (here.getBoundingClientRect().bottom > innerHeight) scrollTo({ top: top - 120 });
}

const pasted = document.querySelector('[data-first-date]');
pasted?.addEventListener('change', () => {
  const hit = /(\d{1,2})\s*[.．月/]\s*(\d{1,2})\s*日?\s*[~～—–-]/.exec(pasted.value);
  if (hit) window.htmx.ajax('GET', `${pasted.dataset.firstDate}?month=${hit[1]}&day=${hit[2]}`, '#years');
});
document.addEventListener('click', (event) => {
  const year = event.target.closest('[data-year]');
  if (year) {
    document.getElementById('id_year').value = year.dataset.year;
    const term = document.getElementById('id_term');
    term.value = '';
    term.dispatchEvent(new Event('change', { bubbles: true }));
  }
});
