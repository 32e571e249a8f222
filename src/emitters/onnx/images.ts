import type { InputMeaning, TypedGraph, TypedValue } from '../../ir/graph.ts';
import { arranged, type Layout } from './layout.ts';
import type { ValueInfoMessage } from './valueInfo.ts';

type GraphInput = TypedGraph['inputs'][number];

/** ONNX' names for ranges of pixels (docs/MetadataProps.md of onnx/onnx). */
const nominalRanges: Readonly<Record<string, string>> = {
  '0,255': 'NominalRange_0_255',
  '0,1': 'Normalized_0_1',
  '-1,1': 'Normalized_1_1',
};

/** Channels of pixels: grey, or three colours, with transparency or without. */
const pixelChannels: ReadonlySet<unknown> = new Set([1, 3, 4]);

/** Whether an input is an image: a map of pixels of which the network says what their numbers mean. */
export function isImage({ value, meaning }: Pick<GraphInput, 'value' | 'meaning'>): boolean {
  const { dtype, shape } = value.type;
  const isSaid = [meaning.range, meaning.mean, meaning.std].some((said) => said !== undefined);
  return dtype === 'float32' && shape.length === 4 && pixelChannels.has(shape.at(-1)) && isSaid;
}

/** Says of an image that it is one, and what each axis is (docs/TypeDenotation.md and DimensionDenotation.md). */
export function denoted(info: ValueInfoMessage, layout: Layout): ValueInfoMessage {
  const axes = arranged(['DATA_BATCH', 'DATA_FEATURE', 'DATA_FEATURE', 'DATA_CHANNEL'], layout);
  const dims = info.type?.tensor_type?.shape?.dim ?? [];
  const dim = dims.map((d, i) => ({ ...d, denotation: axes[i] ?? '' }));
  const tensor_type = { ...info.type?.tensor_type, shape: { dim } };
  return { ...info, type: { tensor_type, denotation: 'IMAGE' } };
}

/**
 * What ONNX' keys say of all images of a model: only what is true of each. The order of colours and their gamma are
 * not known here, and where a mean is taken off, or a deviation divided by, no nominal range is what the model reads.
 */
export function imageEntries(inputs: readonly GraphInput[]): readonly (readonly [string, string])[] {
  const images = inputs.filter(isImage);
  const common = (of: (input: GraphInput) => string | undefined) => {
    const [first, ...others] = new Set(images.map(of));
    return others.length === 0 ? first : undefined;
  };
  const format = common(({ value }) => pixelFormat(value));
  const range = common(({ meaning }) => nominalRange(meaning));
  return [
    ...(format === undefined ? [] : [['Image.BitmapPixelFormat', format] as const]),
    ...(range === undefined ? [] : [['Image.NominalPixelRange', range] as const]),
  ];
}

function pixelFormat({ type: { shape } }: TypedValue): string | undefined {
  return shape.at(-1) === 1 ? 'Gray8' : undefined;
}

function nominalRange({ range = [0, 1], mean, std }: InputMeaning): string | undefined {
  return mean === undefined && std === undefined ? nominalRanges[String(range)] : undefined;
}
