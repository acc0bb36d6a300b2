// What every module needs: texts of the page's language, enhancing new HTML, sending a form.

const texts = document.querySelector('meta[name="hq-text"]')?.dataset ?? {};
const enhancers = [];

/** A sentence of <meta name="hq-text">, with {name} places filled in. */
export function text(key, values = {}) {
  return (texts[key] ?? '').replace(/\{(\w+)\}/g, (_, name) => values[name] ?? '');
}

/** Calls fn(element) once for every element of the selector, now and in whatever HTML arrives later. */
export function each(selector, fn) {
  enhancers.push((root) => {
    for (const el of [...(root.matches?.(selector) ? [root] : []), ...root.querySelectorAll(selector)]) {
      const seen = (el.hqSeen ??= new Set());
      if (!seen.has(fn)) {
        seen.add(fn);
        fn(el);
      }
    }
  });
}

export function enhance(root = document) {
  for (const run of enhancers) run(root);
}

export function csrf() {
  return document.querySelector('meta[name="csrf-token"]')?.content ?? '';
}

/** fetch as htmx would: the same headers, so that the server answers with a fragment. */
export function ask(url, options = {}) {
  const headers = { 'HX-Request': 'true', 'HX-Current-URL': location.href, ...options.headers };
  if (options.method && options.method !== 'GET') headers['X-CSRFToken'] = csrf();
  return fetch(url, { credentials: 'same-origin', ...options, headers });
}

/** Follows HX-Redirect, HX-Location, HX-Refresh, or a redirect to another page; true if the page is leaving. */
export function follow(response, asked) {
  const place = response.headers.get('HX-Redirect') ?? response.headers.get('HX-Location');
  if (place) {
    go(place.startsWith('{') ? JSON.parse(place).path : place);
  } else if (response.headers.get('HX-Refresh') === 'true') {
    location.reload();
  } else if (response.redirected && new URL(response.url).pathname !== new URL(asked, location.href).pathname) {
    go(response.url);
  } else {
    return false;
  }
  return true;
}

function go(place) {
  const to = new URL(place, location.href);
  // an address that differs in its #part only would not load anything
  if (to.pathname + to.search === location.pathname + location.search) location.reload();
  else location.assign(to);
}

/** The sentence for a refused request. */
export function reason(status) {
  const keys = { 401: 'denied', 403: 'denied', 404: 'missing', 410: 'missing', 429: 'busy' };
  return text(keys[status] ?? 'failed');
}
