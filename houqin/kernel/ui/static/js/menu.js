// <details class="hq-menu">: one open at a time, closed by a click elsewhere or Esc, walked with the arrow keys.

function close(menu, focus) {
  menu.open = false;
  if (focus) menu.querySelector('summary').focus();
}

document.addEventListener('click', (event) => {
  const inside = event.target.closest('details.hq-menu');
  for (const menu of document.querySelectorAll('details.hq-menu[open]')) {
    if (!menu.contains(event.target)) close(menu);
  }
  if (inside?.open && event.target.closest('a, [data-dialog]')) setTimeout(() => close(inside));
});

document.addEventListener('keydown', (event) => {
  const menu = event.target.closest?.('details.hq-menu[open]');
  if (!menu) return;
  if (event.key === 'Escape') {
    event.preventDefault();
    event.stopPropagation();
    close(menu, true);
  }
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!step || event.target.matches('input:not([type=checkbox]), select, textarea')) return;
  const items = [...menu.querySelectorAll('.pop :is(a, button, input)')].filter((el) => el.offsetParent);
  event.preventDefault();
  items[(items.indexOf(document.activeElement) + step + items.length) % items.length]?.focus();
}, true);
