/* The camera, read until a code is found: by the browser's own reader where it has one, else by the vendored one. */
import { t } from '../../shared/i18n.js';
import { html, useEffect, useRef, useState } from '../../shared/ui.js';

const EVERY_MILLIS = 120;
// In turn: the large one reads codes that are small or far away, the small ones even out the noise of poor light, over which jsQR stumbles.
const SIDES = [640, 320, 480];

/** What couriers' waybills carry; only a browser's own reader knows the first three. */
export const BARS = ['code_128', 'code_39', 'ean_13', 'qr_code'];

async function ownReader(wanted) {
  if (!('BarcodeDetector' in window)) return null;
  try {
    const known = await window.BarcodeDetector.getSupportedFormats();
    const formats = wanted.filter(format => known.includes(format));
    if (!formats.length) return null;
    const detector = new window.BarcodeDetector({ formats });
    return video => detector.detect(video).then(found => (found.length ? found[0].rawValue : null));
  } catch (notHere) {
    return null;
  }
}

async function vendoredReader() {
  if (!window.jsQR) {
    await new Promise((resolve, reject) => {
      const script = document.createElement('script');
      script.src = new URL('../../vendor/jsqr.js', import.meta.url).href;
      script.onload = resolve;
      script.onerror = reject;
      document.head.appendChild(script);
    });
  }
  const canvas = document.createElement('canvas');
  let turn = 0;
  return async video => {
    const scale = Math.min(1, SIDES[turn++ % SIDES.length] / Math.max(video.videoWidth, video.videoHeight));
    canvas.width = Math.round(video.videoWidth * scale);
    canvas.height = Math.round(video.videoHeight * scale);
    const context = canvas.getContext('2d', { willReadFrequently: true });
    context.drawImage(video, 0, 0, canvas.width, canvas.height);
    const picture = context.getImageData(0, 0, canvas.width, canvas.height);
    const found = window.jsQR(picture.data, picture.width, picture.height, { inversionAttempts: 'dontInvert' });
    return found && found.data ? found.data : null;
  };
}

/** Calls onCode once, not with what was read last; gives up its camera when it goes. */
export function Camera({ onCode, last, formats }) {
  const video = useRef(null);
  const [fault, setFault] = useState('');
  useEffect(() => {
    let stream = null;
    let timer = null;
    let over = false;
    const begin = async () => {
      stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment', width: { ideal: 1280 } }, audio: false });
      if (over) return stop();
      video.current.srcObject = stream;
      await video.current.play();
      const read = (await ownReader(formats || ['qr_code'])) || (await vendoredReader());
      const look = async () => {
        if (over) return;
        const text = video.current.videoWidth ? await read(video.current).catch(() => null) : null;
        if (over) return;
        if (text && text.trim() !== last) {
          over = true;
          stop();
          onCode(text);
        } else {
          timer = setTimeout(look, EVERY_MILLIS);
        }
      };
      look();
    };
    const stop = () => { if (stream) stream.getTracks().forEach(track => track.stop()); };
    if (navigator.mediaDevices) begin().catch(() => setFault(t('gate.camera.none')));
    else setFault(t('gate.camera.none'));
    return () => { over = true; clearTimeout(timer); stop(); };
  }, []);
  return fault ? html`<p class="camera-fault" role="status" data-testid="camera-fault">${fault}</p>`
    : html`<div class="camera" data-testid="camera"><video ref=${video} muted playsinline aria-label=${t('gate.camera')}></video><span class="camera-frame"></span></div>`;
}
