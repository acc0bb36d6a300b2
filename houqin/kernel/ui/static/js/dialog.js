// [data-dialog] on a link or button: its href (or data-href) is fetched into the page's <dialog>.
// A form inside is sent in place: 409 and 422 come back into the dialog, success leaves or reloads the page.
import { ask, enhance, follow, reason, text } from './dom.js';
import { toast } from './toast.js';
import { release } from './once.js';

const dialog = document.getElementById('hq-dialog');
const inner = dialog?.querySelector('.inner');
let trigger = null;
let dirty = false;

export async function open(url, from = document.activeElement, options = {}) {
  trigger = from;
  dirty = false;
  inner.replaceChildren(document.getElementById('hq-wait').content.cloneNode(true));
  if (!dialog.open) dialog.showModal();
  let response;
  try {
    response = await ask(url, options);
  } catch {
    dialog.close();
    return toast(text('network'), 'l');
  }
  if (follow(response, url)) return undefined;
  if (!response.ok && ![409, 422].includes(response.status)) {
    dialog.close();
    return toast(reason(response.status), 'l');
  }
  return fill(await response.text(), url);
}

function fill(html, url) {
  inner.innerHTML = html;
  for (const form of inner.querySelectorAll('form')) {
    if (!form.getAttribute('action')) form.setAttribute('action', url);
  }
  window.htmx?.process(inner);
  enhance(inner);
  const wrong = inner.querySelector('.is-invalid, [role="alert"] a');
  const first = inner.querySelector('input:not([type=hidden]):not(.hq-sr), select, textarea, [role=radio][tabindex="0"]');
  (inner.querySelector('[autofocus]') ?? wrong ?? first ?? inner.querySelector('[type=submit]'))?.focus();
}

async function send(form, submitter) {
  const data = new FormData(form, submitter);
  const url = submitter?.formAction && submitter.hasAttribute('formaction') ? submitter.formAction : form.action;
  if (form.method === 'get') return open(`${url.split('?')[0]}?${new URLSearchParams(data)}`, trigger);
  try {
    const response = await ask(url, { method: 'POST', body: data });
    form.dispatchEvent(new CustomEvent('hq:sent', { bubbles: true, detail: { ok: response.ok } }));
    if (response.ok) dirty = false;
    if (follow(response, url)) return undefined;
    if (response.status === 204) return location.reload();
    if (response.ok || [409, 422].includes(response.status)) return fill(await response.text(), url);
    toast(reason(response.status), 'l');
  } catch {
    toast(text('network'), 'l');
  }
  return release(form);
}

function mayClose() {
  return !dirty || window.confirm(text('unsaved'));
}

function close() {
  if (mayClose()) dialog.close();
}

document.addEventListener('click', (event) => {
  const opener = event.target.closest('[data-dialog]');
  if (opener && dialog && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
    event.preventDefault();
    open(opener.dataset.href ?? opener.href, opener);
  }
});

if (dialog) {
  dialog.addEventListener('click', (event) => {
    if (event.target === dialog || event.target.closest('[data-close]')) close();
  });
  dialog.addEventListener('cancel', (event) => {
    event.preventDefault();
    close();
  });
  dialog.addEventListener('input', () => (dirty = true));
  dialog.addEventListener('submit', (event) => {
    const form = event.target;
    // dialog.js sends what htmx or a download does not
    if (form.matches('[data-native], [hx-post], [method=dialog]')) return;
    event.preventDefault();
    send(form, event.submitter);
  });
  dialog.addEventListener('close', () => {
    inner.replaceChildren();
    dirty = false;
    // an opener inside a menu is hidden again by now: the menu's own button takes the focus
    const shown = trigger?.checkVisibility?.() === false ? trigger.closest('details')?.querySelector('summary') : trigger;
    if (shown?.isConnected) shown.focus();
  });
}
