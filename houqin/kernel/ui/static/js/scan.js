// [data-scan]: reads QR codes and barcodes with the camera, from a photo, or from a scanner that types.
// What is read goes into the form's input and the form is sent.
import { each, text } from './dom.js';
import { script } from './chart.js';

const vendor = document.querySelector('meta[name="hq-vendor"]')?.dataset ?? {};
const FORMATS = ['qr_code', 'code_128', 'code_39', 'ean_13', 'data_matrix'];
let detector;

async function reader() {
  if (detector) return detector;
  const known = await window.BarcodeDetector?.getSupportedFormats?.().catch(() => []);
  if (known?.includes('qr_code')) return (detector = new window.BarcodeDetector({ formats: FORMATS.filter((one) => known.includes(one)) }));
  await script(vendor.barcode);
  const library = window.BarcodeDetectionAPI;
  library.setZXingModuleOverrides({ locateFile: (name, prefix) => (name.endsWith('.wasm') ? vendor.wasm : prefix + name) });
  return (detector = new library.BarcodeDetector({ formats: FORMATS }));
}

each('[data-scan]', (box) => {
  const form = box.querySelector('form');
  const input = form.querySelector('input[name=code]');
  const video = box.querySelector('video');
  const says = box.querySelector('[data-scan-says]');
  let stream;

  const say = (sentence) => {
    says.textContent = sentence;
    says.hidden = !sentence;
  };
  const found = (code) => {
    stop();
    navigator.vibrate?.(60);
    input.value = code;
    form.requestSubmit();
  };
  const stop = () => {
    for (const track of stream?.getTracks() ?? []) track.stop();
    stream = null;
  };
  const look = async () => {
    if (!stream) return;
    const codes = video.readyState >= 2 ? await (await reader()).detect(video).catch(() => []) : [];
    if (codes[0]?.rawValue) found(codes[0].rawValue);
    else setTimeout(look, 180);
  };
  const start = async () => {
    try {
      stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment' }, audio: false });
      video.srcObject = stream;
      video.hidden = false;
      await video.play();
      box.querySelector('[data-scan-idle]').hidden = true;
      look();
    } catch {
      // plain http on a LAN address, a refusal, or no camera at all
      say(text('noCamera'));
    }
  };

  box.querySelector('input[type=file]').addEventListener('change', async (event) => {
    const [file] = event.target.files;
    if (!file) return;
    const codes = await createImageBitmap(file).then(async (picture) => (await reader()).detect(picture)).catch(() => []);
    event.target.value = '';
    if (codes[0]?.rawValue) found(codes[0].rawValue);
    else say(text('noCode'));
  });
  window.addEventListener('pagehide', stop);
  document.addEventListener('visibilitychange', () => (document.hidden ? stop() : video.hidden || start()));
  start();
});
