import type { TypedNode, Weight } from '../ir/graph.ts';
import type { StoredForm } from './storedForm.ts';

/** The order of gates in a file: for each gate of Keras its place there. By the number of gates; the same where absent. */
type Gates = Readonly<Record<number, readonly number[]>>;

/** An LSTM's gates are i f c o in Keras and i o f c in ONNX; a GRU's are z r h in both. */
const onnxGates: Gates = { 4: [0, 2, 3, 1] };

/** A GRU's gates are z r h in Keras and r z n in PyTorch; an LSTM's are i f c o (which is called g) in both. */
const torchGates: Gates = { 3: [1, 0, 2] };

/** The form of a cell's weight in another layout than Keras'; undefined where there is no such cell. */
export function recurrentForm(
  weight: Weight,
  node: TypedNode,
  layout: 'torch' | 'onnx',
): StoredForm | undefined {
  const recurrent = node.weights.find(({ name }) => name.endsWith('recurrent_kernel'));
  const [units = 1, columns = 1] = recurrent?.shape ?? [];
  const gates = columns / units;
  if (layout === 'onnx') return onnxForm(weight, columns, inOrder(onnxGates[gates]));
  // PyTorch's GRU multiplies the product with the state by the reset gate, and has no other form.
  if (node.op === 'gru' && !node.attributes.reset_after) return undefined;
  return torchForm(weight, columns, inOrder(torchGates[gates]));
}

function inOrder(gates: readonly number[] | undefined): Pick<StoredForm, 'gates'> {
  return gates === undefined ? {} : { gates };
}

/** Keras' [rows, gates·units] as [1, gates·units, rows]; two biases [2, gates·units] as one row. */
function onnxForm({ name, shape }: Weight, columns: number, gates: Pick<StoredForm, 'gates'>): StoredForm {
  const [rows = 1] = shape;
  return name.endsWith('kernel')
    ? { shape: [1, columns, rows], ...gates, order: transposed(columns, rows) }
    : { shape: [1, shape.reduce((product, size) => product * size, 1)], ...gates };
}

/** Keras' [rows, gates·units] as [gates·units, rows]. Two biases, which Keras has added up but for a GRU that resets after. */
function torchForm({ name, shape }: Weight, columns: number, gates: Pick<StoredForm, 'gates'>): StoredForm {
  const [rows = 1] = shape;
  return name.endsWith('kernel')
    ? { shape: [columns, rows], ...gates, order: transposed(columns, rows) }
    : { shape: [columns], ...gates, several: shape.length === 2 ? 'stacked' : 'summed' };
}

function transposed(columns: number, rows: number) {
  return { view: [columns, rows], permutation: [1, 0] };
}
