// The page about the API: Swagger UI (served by us) over our own OpenAPI document.
import { csrf } from './dom.js';

const root = document.getElementById('swagger-ui');

window.SwaggerUIBundle({
  url: `${root.dataset.schema}?format=json`,
  domNode: root,
  deepLinking: true,
  docExpansion: 'none',
  requestInterceptor: (request) => {
    request.headers['X-CSRFToken'] = csrf();
    return request;
  },
});
