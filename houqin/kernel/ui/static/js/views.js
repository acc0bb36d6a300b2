// The list's own controls: the column chooser, filter popovers and the phone's 筛选 sheet.
import { each } from './dom.js';

// a filter popover sends its form when it is closed with something changed, or at once for a single choice
each('details[data-filter]', (menu) => {
  let changed = false;
  menu.addEventListener('change', (event) => {
    changed = true;
    if (event.target.matches('input[type=radio], select')) event.target.form?.requestSubmit();
  });
  menu.addEventListener('toggle', () => {
    if (!menu.open && changed) menu.closest('form')?.requestSubmit();
    if (menu.open) {
      changed = false;
      menu.querySelector('.pop input:not([type=checkbox]):not([type=radio])')?.focus({ preventScroll: true });
    }
  });
  // [data-narrow]: type to shorten a long list of choices
  menu.querySelector('[data-narrow]')?.addEventListener('input', (event) => {
    const words = event.target.value.trim().toLowerCase();
    for (const item of menu.querySelectorAll('label.it')) {
      const hay = `${item.textContent} ${item.dataset.key ?? ''}`.toLowerCase();
      item.hidden = !hay.includes(words);
    }
    event.stopPropagation();
  });
});

// an empty filter does not belong in the address
each('form.hq-filter', (form) => {
  form.addEventListener('formdata', (event) => {
    for (const [name, value] of [...event.formData.entries()]) {
      if (value === '') event.formData.delete(name);
    }
  });
});

document.addEventListener('click', (event) => {
  const button = event.target.closest('[data-filters]');
  if (!button) return;
  const box = button.closest('form').querySelector('.more-filters');
  const open = box.classList.toggle('open');
  button.setAttribute('aria-expanded', String(open));
});

// [data-columns]: checkboxes named by column; the form is sent when the chooser closes
each('details[data-columns]', (menu) => {
  let changed = false;
  menu.addEventListener('change', () => (changed = true));
  menu.addEventListener('toggle', () => {
    if (!menu.open && changed) menu.querySelector('form')?.requestSubmit();
  });
  menu.addEventListener('click', (event) => {
    const move = event.target.closest('[data-move]');
    const row = move?.closest('label.it, li');
    if (!row) return;
    event.preventDefault();
    if (move.dataset.move === 'up') row.previousElementSibling?.before(row);
    else row.nextElementSibling?.after(row);
    changed = true;
    move.focus();
  });
});
