/** An encoder over texts of any length, with a block of attention. */
export const transformer = `\
inception: 1
name: NAME
title: A transformer encoder that classifies texts
source: figure 1, left, of https://arxiv.org/abs/1706.03762, with the norms before the sublayers
params:
  vocabulary: { type: int, default: 8000, min: 1 }
  positions: { type: int, default: 256, min: 1, description: The longest text }
  width: { type: int, default: 128, min: 1 }
  heads: { type: int, default: 4, min: 1 }
  layers: { type: int, default: 2, min: 1 }
  classes: { type: int, default: 2, min: 1 }
inputs:
  tokens: { shape: [N, S], dtype: int32, range: [0, $(vocabulary - 1)] }
dims:
  S: { max: $positions }
defaults:
  layer_norm: { epsilon: 1e-5 }
  gelu: { form: exact }
blocks:
  encoder_layer:
    description: Attention and two dense layers, each added to what it reads
    params: { heads: int }
    inputs: { x: [N, S, C] }
    steps:
      - residual:
          - layer_norm:
            name: norm1
          - dense: $(3 * C)
            name: qkv
          - split: { parts: 3 }
            name: [q, k, v]
          - attention: { heads: $heads }
            from: [q, k, v]
          - dense: $C
            name: proj
      - residual:
          - layer_norm:
            name: norm2
          - dense: { units: $(4 * C), activation: gelu }
            name: fc1
          - dense: $C
            name: fc2
network:
  - embedding: { rows: $vocabulary, width: $width }
    name: embedding
  - position_embedding: { rows: $positions }
    name: position_embedding
    expect: [N, S, $width]
  - encoder_layer: { heads: $heads }
    name: layer$i
    repeat: $layers
    expect: [N, S, $width]
  - layer_norm:
    name: norm
  - reduce_mean: { axes: 1 }
    name: pooled
    expect: [N, $width]
  - dense: $classes
    name: logits
    expect: [N, $classes]
expect:
  parameters: { trainable: 1453826, non_trainable: 0 }
`;
