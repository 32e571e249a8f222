/**
 * A name that tf.js takes for a node. `a:1` is output 1 of node `a` and `^a` a control input (parseNodeName in
 * tfjs-converter/src/operations/executors/utils.ts); `,` joins names in the key of a compiled graph; and as tf.js looks
 * nodes up in plain objects, a node called as what every object has (`constructor`) would pass for computed.
 */
export function nodeName(name: string): string {
  const plain = name.replaceAll(/[:^,]/g, '_');
  return plain in Object.prototype ? `${plain}_` : plain;
}

/** Hands out names, each once: `wanted`, or with the first number that makes it new. */
export class Names {
  readonly #taken = new Set<string>();

  claim(wanted: string): string {
    const base = nodeName(wanted);
    let name = base;
    for (let count = 2; this.#taken.has(name); count += 1) name = `${base}_${count}`;
    this.#taken.add(name);
    return name;
  }
}
