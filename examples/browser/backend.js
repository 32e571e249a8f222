/* global tf */
import { registerFilterGradient } from './filterGradient.js';

const names = ['wasm', 'webgl', 'cpu'];

/** Starts the backend that the address of the page names; wasm if it names none. */
export async function startBackend(address) {
  const asked = new URL(address).searchParams.get('backend') ?? names[0];
  if (!names.includes(asked)) throw new Error(`there is no backend ${asked}, only ${names.join(', ')}`);
  tf.wasm.setWasmPaths('wasm/');
  registerFilterGradient();
  if (!(await tf.setBackend(asked))) throw new Error(`this browser cannot run the backend ${asked}`);
  await tf.ready();
  return asked;
}

/** Links to this page on each backend. */
export function linksToBackends(current) {
  return names.flatMap((name, k) => {
    const link = document.createElement('a');
    link.href = `?backend=${name}`;
    link.textContent = name;
    if (name === current) link.setAttribute('aria-current', 'page');
    return k === 0 ? [link] : [' ', link];
  });
}
