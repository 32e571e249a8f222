const size = 32;

function contextOf(canvas) {
  return canvas.getContext('2d', { willReadFrequently: true });
}

/** Lets a person draw on a canvas with mouse, pen or finger. */
export function letDraw(canvas, { begun, drawn }) {
  let last;
  const place = (event) => {
    const { left, top, width } = canvas.getBoundingClientRect();
    const scale = canvas.width / width;
    return [(event.clientX - left) * scale, (event.clientY - top) * scale];
  };
  canvas.addEventListener('pointerdown', (event) => {
    canvas.setPointerCapture(event.pointerId);
    begun();
    last = place(event);
    stroke(canvas, last, last);
  });
  canvas.addEventListener('pointermove', (event) => {
    if (last === undefined) return;
    const next = place(event);
    stroke(canvas, last, next);
    last = next;
  });
  const end = () => {
    if (last === undefined) return;
    last = undefined;
    drawn();
  };
  canvas.addEventListener('pointerup', end);
  canvas.addEventListener('pointercancel', end);
}

function stroke(canvas, from, to) {
  const context = contextOf(canvas);
  // The digits of MNIST have lines of two to three of their 28 pixels.
  Object.assign(context, { strokeStyle: '#fff', lineWidth: canvas.width / 13, lineCap: 'round' });
  context.beginPath();
  context.moveTo(...from);
  context.lineTo(...to);
  context.stroke();
}

/** A black canvas. */
export function clear(canvas) {
  const context = contextOf(canvas);
  context.fillStyle = '#000';
  context.fillRect(0, 0, canvas.width, canvas.height);
}

/** Fills the canvas with 32x32 values between 0 and 1. */
export function showPixels(canvas, pixels) {
  const small = smallCanvas();
  const image = new ImageData(size, size);
  pixels.forEach((value, k) => {
    image.data.set([255 * value, 255 * value, 255 * value, 255], 4 * k);
  });
  contextOf(small).putImageData(image, 0, 0);
  const context = contextOf(canvas);
  context.imageSmoothingEnabled = false;
  context.drawImage(small, 0, 0, canvas.width, canvas.height);
}

/** The canvas as 32x32 values between 0 and 1. */
export function pixelsOf(canvas) {
  const context = contextOf(smallCanvas());
  context.imageSmoothingQuality = 'high';
  context.drawImage(canvas, 0, 0, size, size);
  const { data } = context.getImageData(0, 0, size, size);
  return Float32Array.from({ length: size * size }, (_, k) => data[4 * k] / 255);
}

function smallCanvas() {
  const canvas = document.createElement('canvas');
  canvas.width = size;
  canvas.height = size;
  return canvas;
}
