// form[data-draft=key]: what is typed is kept in this browser until the form has been sent.
import { each, text } from './dom.js';

const KEEP = 7 * 24 * 3600 * 1000;
const hhmm = (at) => new Date(at).toTimeString().slice(0, 5);
const say = (form, key, at) => {
  const place = form.querySelector('[data-draft-time]');
  if (place) place.textContent = text(key, { time: hhmm(at) });
};

function values(form) {
  const skip = (el) => !el.name || ['file', 'password', 'submit', 'button'].includes(el.type) || /csrf|TOTAL_FORMS|INITIAL_FORMS/.test(el.name);
  return [...form.elements].filter((el) => !skip(el)).map((el) => [el.name, el.value, el.type === 'checkbox' || el.type === 'radio' ? el.checked : null]);
}

function restore(form, rows) {
  for (const row of rows) {
    const [name, value, checked] = row;
    const all = [...form.elements].filter((el) => el.name === name);
    const el = checked === null ? all[0] : all.find((other) => other.value === value);
    if (!el) continue;
    if (checked === null) el.value = value;
    else el.checked = checked;
    el.dispatchEvent(new Event('change', { bubbles: true }));
  }
  for (const input of form.querySelectorAll('[data-choice] input[type=hidden]')) {
    input.closest('[data-choice]').querySelector(`[role=radio][data-value="${CSS.escape(input.value)}"]`)?.click();
  }
}

function read(key) {
  try {
    const kept = JSON.parse(localStorage.getItem(key));
    return kept && Date.now() - kept.at < KEEP ? kept : null;
  } catch {
    return null;
  }
}

each('form[data-draft]', (form) => {
  const key = `hq-draft:${form.dataset.draft}`;
  const kept = read(key);
  // a form that came back with errors shows what was sent, not an older draft
  if (kept && !form.querySelector('.is-invalid, [role=alert]')) {
    restore(form, kept.rows);
    say(form, 'restored', kept.at);
  }
  let timer = 0;
  form.addEventListener('input', () => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      try {
        const at = Date.now();
        localStorage.setItem(key, JSON.stringify({ at, rows: values(form) }));
        say(form, 'draft', at);
      } catch {
        // a full or forbidden store: the form still works, it only is not kept
      }
    }, 600);
  });
  form.addEventListener('hq:sent', (event) => {
    clearTimeout(timer);
    if (event.detail.ok) localStorage.removeItem(key);
  });
  // an ordinary submit: cleared when the next page is another one (see below)
  form.addEventListener('submit', () => {
    clearTimeout(timer);
    sessionStorage.setItem('hq-draft-sent', key);
  });
});

// back on a page that no longer asks for this draft: it was accepted
const sent = sessionStorage.getItem('hq-draft-sent');
if (sent) {
  sessionStorage.removeItem('hq-draft-sent');
  const again = [...document.querySelectorAll('form[data-draft]')].some((form) => `hq-draft:${form.dataset.draft}` === sent);
  if (!again) localStorage.removeItem(sent);
}
