import { displayWidth, padTo, visible } from '../diagnostics/displayWidth.ts';
import { type Paint, plain } from '../diagnostics/paint.ts';
import type { EndPointComparison } from './compareEndPoints.ts';
import { isVerified, type Verification } from './verification.ts';

/** The end points as a table, below it what differs first, and a last line with the verdict. */
export function printVerification(verification: Verification, paint: Paint = plain): string {
  const { endPoints, failures } = verification;
  const lines = [
    ...(endPoints.length === 0 ? [] : [...table(endPoints, paint), '']),
    ...notes(verification),
    ...failures.map(({ model, error }) => visible(`${model} did not run the model: ${error.trim()}`)),
    ...firstApart(endPoints),
    verdict(verification, paint),
  ];
  return `${lines.join('\n')}\n`;
}

const titles = ['end point', 'shape', 'tf.js', 'difference', 'relative', ''] as const;

function table(endPoints: readonly EndPointComparison[], paint: Paint): readonly string[] {
  const rows = endPoints.map(cells);
  const widths = titles.map((title, i) =>
    rows.reduce((widest, row) => Math.max(widest, displayWidth(row[i] ?? '')), displayWidth(title)),
  );
  const line = (row: readonly string[]) =>
    row
      .map((cell, i) => padTo(cell, widths[i] ?? 0))
      .join('  ')
      .trimEnd();
  const header = line(titles);
  const body = rows.map((row, i) => (endPoints[i]?.agrees === true ? line(row) : paint.red(line(row))));
  return [paint.bold(header), paint.dim('-'.repeat(displayWidth(header))), ...body];
}

function cells(endPoint: EndPointComparison): readonly string[] {
  const { name, shape, format, greatestDifference, relativeError } = endPoint;
  return [
    visible(name),
    showSizes(shape),
    format,
    magnitude(greatestDifference),
    magnitude(relativeError),
    remark(endPoint),
  ];
}

function remark({ agrees, greatest }: EndPointComparison): string {
  if (!agrees) return 'differs';
  return greatest === 0 ? 'all zeros' : '';
}

/** Two digits: `8.3e-7`, and `0` where nothing differs. */
function magnitude(x: number): string {
  return x === 0 ? '0' : Number.isFinite(x) ? x.toExponential(1) : 'unknown';
}

function notes({ channels, endPoints }: Verification): readonly string[] {
  if (channels !== 'first' || endPoints.length === 0) return [];
  return ['shapes of maps are [batch, …spatial, channels], as both models are run'];
}

function firstApart(endPoints: readonly EndPointComparison[]): readonly string[] {
  const first = endPoints.find(({ agrees }) => !agrees);
  if (first === undefined) return [];
  const { apart, format, onnxShape, tfjsShape, shape } = first;
  const said =
    apart === undefined
      ? `the shape is ${showSizes(shape)}, onnxruntime gives ${showSizes(onnxShape)}, tf.js ${format} ${showSizes(tfjsShape)}`
      : `at ${showSizes(apart.index)} of sample ${apart.sample + 1} onnxruntime gives ${apart.onnx}, tf.js ${format} ${apart.tfjs}`;
  return [`${visible(first.name)} is the first that differs: ${said}`];
}

function verdict(verification: Verification, paint: Paint): string {
  const { network, endPoints, tolerance, runtimes } = verification;
  const compared = new Set(endPoints.map(({ name }) => name)).size;
  const how = [conditions(verification), runtimes.map(runtimeWords).join(', ')].filter((part) => part !== '');
  const circumstances = `(${how.join('; ')})`;
  if (isVerified(verification))
    return `${paint.green(`${visible(network)}: ${counted(compared)} ${compared === 1 ? 'agrees' : 'agree'} within ${tolerance}`)} ${circumstances}`;
  const differing = new Set(endPoints.flatMap(({ name, agrees }) => (agrees ? [] : [name]))).size;
  const said = compared === 0 ? 'nothing was compared' : `${differing} of ${counted(compared)} differ`;
  return `${paint.red(`${visible(network)}: not verified, ${said}`)} ${circumstances}`;
}

function counted(endPoints: number): string {
  return `${endPoints} end point${endPoints === 1 ? '' : 's'}`;
}

function conditions({ seed, samples, sizes }: Verification): string {
  const bound = Object.entries(sizes).map(([symbol, size]) => `${visible(symbol)} = ${size}`);
  return [`seed ${seed}`, `${samples} sample${samples === 1 ? '' : 's'}`, ...bound].join(', ');
}

function runtimeWords({ name, version, backend }: Verification['runtimes'][number]): string {
  return `${name} ${version}${backend === undefined ? '' : ` on ${backend}`}`;
}

function showSizes(sizes: readonly number[]): string {
  return `[${sizes.join(', ')}]`;
}
