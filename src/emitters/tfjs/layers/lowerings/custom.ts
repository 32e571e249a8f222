import { unsupported } from '../../../emitter.ts';
import type { JsonObject } from '../../json.ts';
import type { LayerLowerings } from '../context.ts';
import { helper, own, type Step } from '../step.ts';

/** A layer of a class that the caller registers, as it is declared. */
export const customLowerings = {
  custom: (node) => {
    const { tfjs, outputs } = node.attributes;
    if (tfjs === undefined) return unsupported(nothingSaid);
    const other = node.outputs.find((y) => y.type.dtype !== 'float32');
    if (other !== undefined) return unsupported(onlyFloats(other.type.dtype));
    const { class_name, config } = tfjs;
    const [, ...further] = Object.keys(outputs ?? {});
    // What the schema lets pass came from YAML or JSON.
    return [own(class_name, config as JsonObject), ...further.map((name, i) => passed(name, i + 1))];
  },
} satisfies Pick<LayerLowerings, 'custom'>;

const nothingSaid = 'nothing says which layer it is there; give the step `tfjs: { class_name: NAME }`';

function onlyFloats(dtype: string): string {
  return `it gives ${dtype}, and every layer of tf.js gives float32`;
}

/** A value of a layer that gives several, as a layer of its own. */
function passed(suffix: string, output: number): Step {
  return { ...helper(suffix, 'Activation', { activation: 'linear' }), reads: [''], readsOutput: output };
}
