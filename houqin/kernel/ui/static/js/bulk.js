// [data-bulk] around a list: checkboxes [data-pick] (value = id), [data-pick-all], a footer [data-bulk-foot] with
// [data-bulk-count], verbs [data-bulk-verb] (href or data-href gets ?id=… for each row, in the dialog or as a page),
// and [data-bulk-none] that clears the choice.
import { each, text } from './dom.js';
import { open } from './dialog.js';

const picks = (box) => [...box.querySelectorAll('[data-pick]')].filter((pick) => pick.offsetParent || pick.checked);

function show(box) {
  const all = picks(box);
  const chosen = all.filter((pick) => pick.checked);
  for (const pick of all) pick.closest('tr, .hq-li')?.classList.toggle('sel', pick.checked);
  const head = box.querySelector('[data-pick-all]');
  if (head) {
    head.checked = all.length > 0 && chosen.length === all.length;
    head.indeterminate = chosen.length > 0 && chosen.length < all.length;
  }
  for (const foot of box.querySelectorAll('[data-bulk-foot]')) foot.hidden = !chosen.length;
  for (const words of box.querySelectorAll('[data-bulk-count]')) words.textContent = text('selected', { n: chosen.length });
  return chosen;
}

each('[data-bulk]', (box) => {
  let last = null;
  box.addEventListener('change', (event) => {
    if (event.target.matches('[data-pick-all]')) {
      for (const pick of picks(box)) pick.checked = event.target.checked;
    }
    if (event.target.matches('[data-pick], [data-pick-all]')) show(box);
  });
  box.addEventListener('click', (event) => {
    const pick = event.target.closest('[data-pick]');
    if (pick && event.shiftKey && last?.isConnected) {
      const all = picks(box);
      const [from, to] = [all.indexOf(last), all.indexOf(pick)].sort((a, b) => a - b);
      for (const between of all.slice(from, to + 1)) between.checked = pick.checked;
    }
    if (pick) last = pick;
    if (event.target.closest('[data-bulk-none]')) {
      for (const other of picks(box)) other.checked = false;
      show(box);
    }
    const verb = event.target.closest('[data-bulk-verb]');
    if (!verb) return;
    event.preventDefault();
    const address = new URL(verb.dataset.href ?? verb.href, location.href);
    for (const one of show(box)) address.searchParams.append('id', one.value);
    if (verb.dataset.bulkVerb === 'page') location.assign(address);
    else open(address.href, verb);
  });
  box.addEventListener('htmx:afterSettle', () => show(box));
  show(box);
});
