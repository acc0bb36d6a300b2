// A form is sent once: its buttons rest until the answer is there. [data-once] is implied for method=post.

export function release(form) {
  delete form.dataset.sending;
  for (const button of form.querySelectorAll('[data-resting]')) {
    button.disabled = false;
    delete button.dataset.resting;
  }
}

function rest(form) {
  form.dataset.sending = '';
  // after the browser has read the submitter, or its name would not be sent
  setTimeout(() => {
    if (!('sending' in form.dataset)) return;
    for (const button of [...form.elements].filter((el) => el.type === 'submit' && !el.disabled)) {
      button.disabled = true;
      button.dataset.resting = '';
    }
  });
}

document.addEventListener('submit', (event) => {
  const form = event.target;
  if (form.method !== 'post' || form.matches('[data-many]')) return;
  if ('sending' in form.dataset) {
    event.preventDefault();
    event.stopImmediatePropagation();
    return;
  }
  rest(form);
}, true);
document.addEventListener('htmx:afterRequest', (event) => {
  if (event.target.matches?.('form')) release(event.target);
});
// coming back with the browser's Back button
window.addEventListener('pageshow', (event) => {
  if (event.persisted) document.querySelectorAll('form[data-sending]').forEach(release);
});
