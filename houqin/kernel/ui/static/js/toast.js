// Short messages at the foot of the page. toast(sentence, 'l') is a failure and stays until closed.
import { text } from './dom.js';

export function toast(sentence, kind = '') {
  if (!sentence) return;
  const box = document.createElement('div');
  box.className = `hq-toast ${kind}`;
  if (kind === 'l') box.setAttribute('role', 'alert');
  const words = document.createElement('span');
  words.textContent = sentence;
  const close = document.createElement('button');
  close.type = 'button';
  close.textContent = '×';
  close.setAttribute('aria-label', text('close'));
  close.addEventListener('click', () => box.remove());
  box.append(words, close);
  document.getElementById('hq-toasts')?.append(box);
  if (kind !== 'l') setTimeout(() => box.remove(), 5000);
}

// a server may send HX-Trigger: {"toast": "…"}
document.addEventListener('toast', (event) => toast(event.detail?.value ?? event.detail, event.detail?.kind));
