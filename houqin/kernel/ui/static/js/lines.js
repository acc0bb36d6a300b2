// [data-lines=prefix]: the rows of a Django formset. Rows are added, removed and renumbered; a block copied from
// Excel or WPS is spread over the cells; Enter and the arrow keys walk; amount = quantity × price is shown at once.
// Controls say what they are with data-qty, data-price, data-amount (an input or an <output>).
import { each, enhance } from './dom.js';

const live = (box) => [...box.querySelectorAll('tbody > tr[data-line]')].filter((row) => !row.hidden);
const cells = (row) => [...row.querySelectorAll('input:not([type=hidden]), select:not([data-combo]), textarea')].filter((el) => !el.closest('[hidden]'));
const number = (value) => Number(String(value ?? '').normalize('NFKC').replace(/[,，\s¥￥]/g, '').replace('−', '-')) || 0;
const money = (value) => value.toLocaleString('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 }).replace('-', '−');
// to the cent as the server does, half away from zero; the small term undoes binary noise such as 1.005
const cents = (value) => (Math.sign(value) * Math.round(Math.abs(value) * 100 + 1e-7)) / 100;

class Lines {
  constructor(box) {
    this.box = box;
    this.prefix = box.dataset.lines;
    this.body = box.querySelector('tbody');
    this.template = box.querySelector('template');
    this.total = box.querySelector(`[name="${CSS.escape(this.prefix)}-TOTAL_FORMS"]`) ?? document.querySelector(`[name="${CSS.escape(this.prefix)}-TOTAL_FORMS"]`);
    box.addEventListener('click', (event) => this.click(event));
    box.addEventListener('input', () => this.sum());
    box.addEventListener('change', () => this.sum());
    box.addEventListener('paste', (event) => this.paste(event));
    box.addEventListener('keydown', (event) => this.key(event));
    this.sum();
  }

  add() {
    const number_ = this.body.querySelectorAll('tr[data-line]').length;
    const holder = document.createElement('tbody');
    holder.innerHTML = this.template.innerHTML.replaceAll('__prefix__', number_);
    const row = holder.firstElementChild;
    this.body.append(row);
    this.renumber();
    enhance(row);
    return row;
  }

  remove(row) {
    const gone = row.querySelector('[name$="-DELETE"]');
    const kept = row.querySelector('[name$="-id"]')?.value;
    const next = row.nextElementSibling ?? row.previousElementSibling;
    if (gone && kept) {
      gone.checked = true;
      row.hidden = true;
    } else {
      row.remove();
    }
    if (!live(this.box).length) this.add();
    this.renumber();
    this.sum();
    cells(next?.isConnected && !next.hidden ? next : live(this.box)[0])[0]?.focus();
    this.box.dispatchEvent(new Event('input', { bubbles: true }));
  }

  renumber() {
    const pattern = new RegExp(`^(id_)?${this.prefix.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}-\\d+-`);
    const rows = [...this.body.querySelectorAll('tr[data-line]')];
    rows.forEach((row, n) => {
      for (const el of row.querySelectorAll('[name], [id], [for], [aria-describedby]')) {
        for (const attribute of ['name', 'id', 'for', 'aria-describedby']) {
          const value = el.getAttribute(attribute);
          if (value) el.setAttribute(attribute, value.replace(pattern, (_, id = '') => `${id}${this.prefix}-${n}-`));
        }
      }
    });
    if (this.total) this.total.value = rows.length;
  }

  click(event) {
    if (event.target.closest('[data-line-add]')) cells(this.add())[0]?.focus();
    const remove = event.target.closest('[data-line-remove]');
    if (remove) this.remove(remove.closest('tr[data-line]'));
  }

  sum() {
    let total = 0;
    for (const row of live(this.box)) {
      const [qty, price, amount] = ['qty', 'price', 'amount'].map((name) => row.querySelector(`[data-${name}]`));
      if (!amount) continue;
      if (qty && price) {
        const value = cents(number(qty.value) * number(price.value));
        const empty = !qty.value || !price.value;
        if (amount.tagName === 'OUTPUT') amount.textContent = empty ? '' : money(value);
        else if (amount.readOnly) amount.value = empty ? '' : value.toFixed(2);
        total += amount.tagName === 'OUTPUT' || amount.readOnly ? value : number(amount.value);
      } else {
        total += number(amount.value ?? amount.textContent);
      }
    }
    for (const place of this.box.querySelectorAll('[data-line-total]')) place.textContent = `¥${money(cents(total))}`.replace('¥−', '−¥');
  }

  paste(event) {
    const target = event.target.closest('td input, td select, td textarea');
    const copied = event.clipboardData?.getData('text/plain') ?? '';
    const block = copied.replace(/\r\n?/g, '\n').replace(/\n$/, '').split('\n').map((line) => line.split('\t'));
    if (!target || (block.length === 1 && block[0].length === 1)) return;
    event.preventDefault();
    let row = target.closest('tr[data-line]');
    const column = cells(row).indexOf(target);
    block.forEach((values, n) => {
      if (n > 0) row = live(this.box)[live(this.box).indexOf(row) + 1] ?? this.add();
      const into = cells(row).slice(column);
      values.forEach((value, k) => into[k] && write(into[k], value.trim()));
    });
    this.sum();
  }

  key(event) {
    const cell = event.target.closest('td input, td select, td textarea');
    if (!cell || event.isComposing || event.defaultPrevented) return;
    const vertical = { Enter: 1, ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!vertical || (event.key !== 'Enter' && cell.tagName === 'SELECT') || (cell.tagName === 'TEXTAREA' && event.key !== 'Enter')) return;
    // a number field would count up and down instead
    event.preventDefault();
    const rows = live(this.box);
    const row = cell.closest('tr[data-line]');
    const at = cells(row).indexOf(cell);
    const next = rows[rows.indexOf(row) + vertical] ?? (event.key === 'Enter' ? this.add() : null);
    const into = next && cells(next)[at];
    into?.focus();
    into?.select?.();
  }
}

function write(el, value) {
  const select = el.tagName === 'SELECT' ? el : el.closest('.hq-combo')?.parentElement.querySelector('select[data-combo]');
  if (select) {
    const option = [...select.options].find((one) => one.text.trim() === value || one.value === value || one.text.trim().startsWith(value));
    if (option && value) select.value = option.value;
    select.dispatchEvent(new Event('change', { bubbles: true }));
  } else if (el.type === 'checkbox') {
    el.checked = /^(1|是|√|✓|y|true)$/i.test(value);
  } else {
    el.value = el.type === 'number' || el.matches('[data-qty], [data-price], [data-amount]') ? value.replace(/[,，¥￥\s]/g, '') : el.type === 'date' ? value.replace(/[./年月]/g, '-').replace(/日/g, '').replace(/-(\d)(?=-|$)/g, '-0$1') : value;
    el.dispatchEvent(new Event('input', { bubbles: true }));
  }
}

each('[data-lines]', (box) => new Lines(box));
