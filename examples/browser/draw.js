/** Lets a person draw on a canvas with mouse, pen or finger. */
export function letDraw(canvas, drawn) {
  const context = canvas.getContext('2d', { willReadFrequently: true });
  let last;
  const place = (event) => {
    const { left, top, width } = canvas.getBoundingClientRect();
    const scale = canvas.width / width;
    return [(event.clientX - left) * scale, (event.clientY - top) * scale];
  };
  canvas.addEventListener('pointerdown', (event) => {
    canvas.setPointerCapture(event.pointerId);
    last = place(event);
  });
  canvas.addEventListener('pointermove', (event) => {
    if (last === undefined) return;
    const next = place(event);
    stroke(context, [last, next]);
    last = next;
  });
  canvas.addEventListener('pointerup', () => {
    last = undefined;
    drawn();
  });
  canvas.addEventListener('pointercancel', () => {
    last = undefined;
  });
}

/** A black canvas. */
export function clear(canvas) {
  const context = canvas.getContext('2d', { willReadFrequently: true });
  context.fillStyle = '#000';
  context.fillRect(0, 0, canvas.width, canvas.height);
}

/** A seven, so that there is a picture from the start. */
export function drawSeven(canvas) {
  clear(canvas);
  const points = [
    [90, 80],
    [190, 80],
    [125, 210],
  ];
  stroke(canvas.getContext('2d', { willReadFrequently: true }), points);
}

function stroke(context, [first, ...rest]) {
  Object.assign(context, { strokeStyle: '#fff', lineWidth: 20, lineCap: 'round', lineJoin: 'round' });
  context.beginPath();
  context.moveTo(...first);
  for (const point of rest) context.lineTo(...point);
  context.stroke();
}

/** The canvas as 32x32 values between 0 and 1. */
export function pixelsOf(canvas) {
  const small = document.createElement('canvas');
  small.width = 32;
  small.height = 32;
  const context = small.getContext('2d', { willReadFrequently: true });
  context.imageSmoothingQuality = 'high';
  context.drawImage(canvas, 0, 0, 32, 32);
  const { data } = context.getImageData(0, 0, 32, 32);
  return Float32Array.from({ length: 1024 }, (_, k) => data[4 * k] / 255);
}
