/** Three convolutions, pooled, and a dense layer, on images of 32 by 32. */
export const conv = `\
inception: 1
name: NAME
title: A small convolutional classifier
params:
  classes: { type: int, default: 10, min: 1 }
inputs:
  image: { shape: [N, 32, 32, 3], range: [0, 1] }
defaults:
  conv: { kernel: 3, padding: same, bias: false, norm: batch_norm, activation: relu }
  batch_norm: { epsilon: 0.001, momentum: 0.99 }
  max_pool: { kernel: 2, stride: 2, padding: valid }
network:
  - conv: { filters: 32 }
    name: conv1
  - max_pool:
    name: pool1
    expect: [N, 16, 16, 32]
  - conv: { filters: 64 }
    name: conv2
  - max_pool:
    name: pool2
    expect: [N, 8, 8, 64]
  - conv: { filters: 128 }
    name: conv3
  - global_avg_pool:
    name: features
    expect: [N, 128]
  - dense: $classes
    name: logits
    expect: [N, $classes]
`;
