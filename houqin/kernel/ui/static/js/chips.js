// [data-choice=name] role=radiogroup: tiles, segments or chips that write one hidden input.
// [data-toggle-chip] aria-pressed chips: each writes its own value into the hidden inputs of its group.

function choose(button, focus) {
  const group = button.closest('[data-choice]');
  for (const other of group.querySelectorAll('[role=radio]')) {
    const on = other === button;
    other.setAttribute('aria-checked', String(on));
    other.tabIndex = on ? 0 : -1;
    other.classList.toggle(other.dataset.on || 'on', on);
  }
  const input = group.querySelector('input[type=hidden]');
  if (input) {
    input.value = button.dataset.value;
    input.dispatchEvent(new Event('input', { bubbles: true }));
    input.dispatchEvent(new Event('change', { bubbles: true }));
  }
  unfold(group, button.dataset.value);
  if (focus) button.focus();
}

// [data-when="name=a,b"]: shown while that choice has one of these values
function unfold(group, value) {
  const name = group.dataset.choice;
  for (const part of (group.closest('form') ?? document).querySelectorAll(`[data-when^="${CSS.escape(name)}="]`)) {
    part.hidden = !part.dataset.when.slice(name.length + 1).split(',').includes(value);
  }
}

document.addEventListener('click', (event) => {
  const radio = event.target.closest('[data-choice] [role=radio]');
  if (radio) choose(radio, false);
  const chip = event.target.closest('[data-toggle-chip]');
  if (!chip) return;
  const on = chip.getAttribute('aria-pressed') !== 'true';
  chip.setAttribute('aria-pressed', String(on));
  chip.classList.toggle('on', on);
  if (on) {
    const input = Object.assign(document.createElement('input'), { type: 'hidden', value: chip.dataset.value });
    input.name = chip.dataset.toggleChip;
    chip.after(input);
  } else if (chip.nextElementSibling?.matches('input[type=hidden]')) {
    chip.nextElementSibling.remove();
  }
  chip.dispatchEvent(new Event('change', { bubbles: true }));
});

document.addEventListener('keydown', (event) => {
  const radio = event.target.closest?.('[data-choice] [role=radio]');
  const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
  if (!radio || !step) return;
  event.preventDefault();
  const all = [...radio.closest('[data-choice]').querySelectorAll('[role=radio]:not([disabled])')];
  choose(all[(all.indexOf(radio) + step + all.length) % all.length], true);
});
