// [data-photos]: file input → previews with a remove button. Large pictures are made smaller in the page where the
// browser can read them; what it cannot read (HEIC on most) is sent as it is. data-max photos, data-max-mb each.
import { each, text } from './dom.js';
import { release } from './once.js';

const EDGE = 2000;
const SMALL = 600 * 1024;

/** The same picture as a JPEG of at most EDGE pixels, or the file itself when it cannot be decoded or is small. */
export async function shrink(file) {
  if (!file.type.startsWith('image/') || /heic|heif|svg|gif/i.test(file.type + file.name.slice(-5))) return file;
  let picture;
  try {
    picture = await createImageBitmap(file, { imageOrientation: 'from-image' });
  } catch {
    return file;
  }
  const scale = Math.min(1, EDGE / Math.max(picture.width, picture.height));
  if (scale === 1 && file.size < SMALL) return file;
  const canvas = document.createElement('canvas');
  canvas.width = Math.round(picture.width * scale);
  canvas.height = Math.round(picture.height * scale);
  const brush = canvas.getContext('2d');
  brush.fillStyle = '#fff'; // a transparent PNG would turn black
  brush.fillRect(0, 0, canvas.width, canvas.height);
  brush.drawImage(picture, 0, 0, canvas.width, canvas.height);
  picture.close();
  const blob = await new Promise((done) => canvas.toBlob(done, 'image/jpeg', 0.85));
  if (!blob || blob.size >= file.size) return file;
  return new File([blob], `${file.name.replace(/\.\w+$/, '')}.jpg`, { type: 'image/jpeg', lastModified: file.lastModified });
}

each('[data-photos]', (box) => {
  const input = box.querySelector('input[type=file]');
  const take = box.querySelector('.hq-take');
  const error = box.parentElement.querySelector('[data-photos-error]');
  const max = Number(box.dataset.max ?? 9);
  const maxMb = Number(box.dataset.maxMb ?? 20);
  let files = [];
  let busy = Promise.resolve();
  let pending = 0;

  const say = (sentence) => {
    if (!error) return;
    error.textContent = sentence;
    error.hidden = !sentence;
  };
  const store = () => {
    const carrier = new DataTransfer();
    for (const entry of files) carrier.items.add(entry.file);
    input.files = carrier.files;
    take.hidden = files.length >= max;
  };
  const show = (entry) => {
    const shot = document.getElementById('hq-shot').content.firstElementChild.cloneNode(true);
    const image = shot.querySelector('img');
    const address = URL.createObjectURL(entry.file);
    image.alt = entry.file.name;
    image.addEventListener('error', () => {
      image.replaceWith(Object.assign(document.createElement('span'), { className: 'doc', textContent: entry.file.name }));
    });
    image.addEventListener('load', () => URL.revokeObjectURL(address));
    image.src = address;
    const button = shot.querySelector('button');
    button.setAttribute('aria-label', `${text('remove')} ${entry.file.name}`);
    button.addEventListener('click', () => {
      files = files.filter((other) => other !== entry);
      shot.remove();
      say('');
      store();
      input.focus();
    });
    take.before(shot);
  };
  const accept = async (chosen) => {
    say('');
    for (const file of chosen) {
      if (files.length >= max) {
        say(text('photosMany', { n: max }));
        break;
      }
      const entry = { file: await shrink(file) };
      if (entry.file.size > maxMb * 1024 * 1024) {
        say(text('photosLarge', { name: file.name, n: maxMb }));
        continue;
      }
      files.push(entry);
      show(entry);
    }
    store();
  };
  input.addEventListener('change', () => {
    const chosen = [...input.files];
    // until they are smaller, what was chosen before stays the input's content
    store();
    pending += 1;
    busy = busy.then(() => accept(chosen)).finally(() => (pending -= 1));
  });
  // a form sent while pictures are still being made smaller waits for them
  input.form?.addEventListener('submit', (event) => {
    if (!pending) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const { submitter } = event;
    busy.then(() => {
      release(input.form);
      input.form.requestSubmit(submitter);
    });
  }, true);
});
