/** ResNet-18 with a block of its own; its counts are torchvision's. */
export const resnet = `\
inception: 1
name: NAME
title: ResNet-18
source:
  - table 1 and figure 5 of https://arxiv.org/abs/1512.03385
  - https://github.com/pytorch/vision/blob/main/torchvision/models/resnet.py
params:
  classes: { type: int, default: 1000, min: 1 }
inputs:
  image: { shape: [N, 224, 224, 3], mean: [0.485, 0.456, 0.406], std: [0.229, 0.224, 0.225] }
defaults:
  conv: { padding: half, bias: false, norm: batch_norm, activation: relu }
  batch_norm: { epsilon: 1e-5, momentum: 0.9 }
blocks:
  basic_block:
    description: Two 3x3 convolutions; the ReLU follows the sum
    params:
      width: int
      stride: 1
    steps:
      - residual:
          - conv: { filters: $width, kernel: 3, stride: $stride }
            name: conv1
          - conv: { filters: $width, kernel: 3, activation: none }
            name: conv2
        shortcut:
          - conv: { filters: $width, kernel: 1, stride: $stride, activation: none }
            name: downsample
            when: $(stride != 1 or in_channels != width)
      - relu
network:
  - conv: { filters: 64, kernel: 7, stride: 2 }
    name: conv1
    expect: [N, 112, 112, 64]
  - max_pool: { kernel: 3, stride: 2, padding: half }
    name: maxpool
    expect: [N, 56, 56, 64]
  - steps:
      - basic_block: { width: $width, stride: $(stride if i == 0 else 1) }
        name: block$i
        repeat: 2
    name: layer$(stage + 1)
    repeat: { over: { size: [56, 28, 14, 7], width: [64, 128, 256, 512], stride: [1, 2, 2, 2] }, index: stage }
    expect: [N, $size, $size, $width]
  - global_avg_pool:
    name: avgpool
    expect: [N, 512]
  - dense: $classes
    name: fc
    expect: [N, $classes]
expect:
  parameters: { trainable: 11689512, non_trainable: 9600 }
  macs: 1814073344
`;
