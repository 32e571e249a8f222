/** An operator from some version on: its attributes, and how few and how many inputs it takes. */
type Form = readonly [attributes: string, fewest: number, most: number];

/**
 * The operators that models are made of, by the version of the operator set in which a form began: the last one up to
 * 13, and each later one up to 24 that has other attributes or another number of inputs. From docs/Changelog.md of
 * onnx/onnx.
 */
const forms: Readonly<Record<string, Readonly<Record<number, Form>>>> = {
  Abs: { 13: ['', 1, 1] },
  Add: { 13: ['', 2, 2] },
  And: { 7: ['', 2, 2] },
  ArgMax: { 13: ['axis keepdims select_last_index', 1, 1] },
  Atan: { 7: ['', 1, 1] },
  AveragePool: {
    11: ['auto_pad ceil_mode count_include_pad kernel_shape pads strides', 1, 1],
    19: ['auto_pad ceil_mode count_include_pad dilations kernel_shape pads strides', 1, 1],
  },
  BatchNormalization: { 9: ['epsilon momentum', 5, 5], 14: ['epsilon momentum training_mode', 5, 5] },
  Cast: { 13: ['to', 1, 1], 19: ['saturate to', 1, 1], 24: ['round_mode saturate to', 1, 1] },
  Ceil: { 13: ['', 1, 1] },
  Clip: { 13: ['', 1, 3] },
  Concat: { 13: ['axis', 1, Infinity] },
  Conv: { 11: ['auto_pad dilations group kernel_shape pads strides', 2, 3] },
  ConvTranspose: {
    11: ['auto_pad dilations group kernel_shape output_padding output_shape pads strides', 2, 3],
  },
  Cos: { 7: ['', 1, 1] },
  CumSum: { 11: ['exclusive reverse', 2, 2] },
  DepthToSpace: { 13: ['blocksize mode', 1, 1] },
  Div: { 13: ['', 2, 2] },
  Einsum: { 12: ['equation', 1, Infinity] },
  Elu: { 6: ['alpha', 1, 1] },
  Equal: { 13: ['', 2, 2] },
  Erf: { 13: ['', 1, 1] },
  Exp: { 13: ['', 1, 1] },
  Expand: { 13: ['', 2, 2] },
  Flatten: { 13: ['axis', 1, 1] },
  Floor: { 13: ['', 1, 1] },
  GRU: {
    7: ['activation_alpha activation_beta activations clip direction hidden_size linear_before_reset', 3, 6],
    14: [
      'activation_alpha activation_beta activations clip direction hidden_size layout linear_before_reset',
      3,
      6,
    ],
  },
  Gather: { 13: ['axis', 2, 2] },
  Gelu: { 20: ['approximate', 1, 1] },
  Gemm: { 13: ['alpha beta transA transB', 2, 3] },
  GlobalAveragePool: { 1: ['', 1, 1] },
  GlobalMaxPool: { 1: ['', 1, 1] },
  Greater: { 13: ['', 2, 2] },
  GreaterOrEqual: { 12: ['', 2, 2] },
  HardSigmoid: { 6: ['alpha beta', 1, 1] },
  HardSwish: { 14: ['', 1, 1] },
  Identity: { 13: ['', 1, 1] },
  InstanceNormalization: { 6: ['epsilon', 3, 3] },
  LRN: { 13: ['alpha beta bias size', 1, 1] },
  LSTM: {
    7: ['activation_alpha activation_beta activations clip direction hidden_size input_forget', 3, 8],
    14: ['activation_alpha activation_beta activations clip direction hidden_size input_forget layout', 3, 8],
  },
  LayerNormalization: { 17: ['axis epsilon stash_type', 2, 3] },
  LeakyRelu: { 6: ['alpha', 1, 1] },
  Less: { 13: ['', 2, 2] },
  LessOrEqual: { 12: ['', 2, 2] },
  Log: { 13: ['', 1, 1] },
  LogSoftmax: { 13: ['axis', 1, 1] },
  MatMul: { 13: ['', 2, 2] },
  Max: { 13: ['', 1, Infinity] },
  MaxPool: { 12: ['auto_pad ceil_mode dilations kernel_shape pads storage_order strides', 1, 1] },
  Mean: { 13: ['', 1, Infinity] },
  Min: { 13: ['', 1, Infinity] },
  Mod: { 13: ['fmod', 2, 2] },
  Mul: { 13: ['', 2, 2] },
  Neg: { 13: ['', 1, 1] },
  Not: { 1: ['', 1, 1] },
  Or: { 7: ['', 2, 2] },
  PRelu: { 9: ['', 2, 2] },
  Pad: { 13: ['mode', 2, 3], 18: ['mode', 2, 4] },
  Pow: { 13: ['', 2, 2] },
  RMSNormalization: { 23: ['axis epsilon stash_type', 2, 2] },
  RNN: {
    7: ['activation_alpha activation_beta activations clip direction hidden_size', 3, 6],
    14: ['activation_alpha activation_beta activations clip direction hidden_size layout', 3, 6],
  },
  Range: { 11: ['', 3, 3] },
  Reciprocal: { 13: ['', 1, 1] },
  ReduceMax: { 13: ['axes keepdims', 1, 1], 18: ['keepdims noop_with_empty_axes', 1, 2] },
  ReduceMean: { 13: ['axes keepdims', 1, 1], 18: ['keepdims noop_with_empty_axes', 1, 2] },
  ReduceMin: { 13: ['axes keepdims', 1, 1], 18: ['keepdims noop_with_empty_axes', 1, 2] },
  ReduceProd: { 13: ['axes keepdims', 1, 1], 18: ['keepdims noop_with_empty_axes', 1, 2] },
  ReduceSum: { 13: ['keepdims noop_with_empty_axes', 1, 2] },
  Relu: { 13: ['', 1, 1] },
  Reshape: { 13: ['', 2, 2], 14: ['allowzero', 2, 2] },
  Resize: {
    13: [
      'coordinate_transformation_mode cubic_coeff_a exclude_outside extrapolation_value mode nearest_mode',
      1,
      4,
    ],
    18: [
      'antialias axes coordinate_transformation_mode cubic_coeff_a exclude_outside extrapolation_value keep_aspect_ratio_policy mode nearest_mode',
      1,
      4,
    ],
  },
  Round: { 11: ['', 1, 1] },
  Selu: { 6: ['alpha gamma', 1, 1] },
  Shape: { 13: ['', 1, 1], 15: ['end start', 1, 1] },
  Sigmoid: { 13: ['', 1, 1] },
  Sign: { 13: ['', 1, 1] },
  Sin: { 7: ['', 1, 1] },
  Slice: { 13: ['', 3, 5] },
  Softmax: { 13: ['axis', 1, 1] },
  Softplus: { 1: ['', 1, 1] },
  Softsign: { 1: ['', 1, 1] },
  SpaceToDepth: { 13: ['blocksize', 1, 1] },
  Split: { 13: ['axis', 1, 2], 18: ['axis num_outputs', 1, 2] },
  Sqrt: { 13: ['', 1, 1] },
  Squeeze: { 13: ['', 1, 2] },
  Sub: { 13: ['', 2, 2] },
  Sum: { 13: ['', 1, Infinity] },
  Tanh: { 13: ['', 1, 1] },
  ThresholdedRelu: { 10: ['alpha', 1, 1] },
  Tile: { 13: ['', 2, 2] },
  TopK: { 11: ['axis largest sorted', 2, 2] },
  Transpose: { 13: ['perm', 1, 1] },
  Unsqueeze: { 13: ['', 2, 2] },
  Where: { 9: ['', 3, 3] },
};

/** What an operator takes in a version of the operator set; undefined where there is no such operator. */
export function operatorForm(type: string, opset: number) {
  const since = Object.keys(forms[type] ?? {}).map(Number);
  const version = Math.max(...since.filter((first) => first <= opset));
  const form = forms[type]?.[version];
  if (form === undefined) return undefined;
  const [attributes, fewest, most] = form;
  return { attributes: attributes.split(' '), fewest, most };
}
