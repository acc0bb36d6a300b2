// The one script of a page. Each module looks after its own data attributes.
import { csrf, enhance, reason, text } from './dom.js';
import { toast } from './toast.js';
import './dialog.js';
import './menu.js';
import './palette.js';
import './combobox.js';
import './lines.js';
import './photos.js';
import './chips.js';
import './bulk.js';
import './views.js';
import './chart.js';
import './draft.js';
import './once.js';
import './offline.js';
import './scan.js';

document.addEventListener('htmx:configRequest', (event) => {
  event.detail.headers['X-CSRFToken'] = csrf();
});
document.addEventListener('htmx:load', (event) => enhance(event.detail.elt));
document.addEventListener('htmx:responseError', (event) => toast(reason(event.detail.xhr.status), 'l'));
document.addEventListener('htmx:sendError', () => toast(text('network'), 'l'));

// a password field may be shown
document.addEventListener('click', (event) => {
  const button = event.target.closest('[data-reveal]');
  if (!button) return;
  const input = document.getElementById(button.dataset.reveal);
  input.type = input.type === 'password' ? 'text' : 'password';
  button.setAttribute('aria-pressed', String(input.type === 'text'));
});
// a control that sends its form by itself (sorting, page size, a day chosen)
document.addEventListener('change', (event) => {
  if (event.target.closest('[data-submit]')) event.target.form?.requestSubmit();
});
document.addEventListener('click', (event) => {
  if (event.target.closest('[data-print]')) window.print();
  const row = event.target.closest('tr[data-href]');
  if (row && !event.target.closest('a, button, input, label, summary') && !getSelection().toString()) {
    location.assign(row.dataset.href);
  }
});

enhance(document);
document.documentElement.dataset.ready = '';
