/** The stem of Inception-v4 as figure 3 of its paper draws it (arXiv 1602.07261). */
export const inceptionStem = `\
inception: 1
name: NAME
title: The stem of Inception-v4 and Inception-ResNet-v2
source: figure 3 of https://arxiv.org/abs/1602.07261
inputs:
  image: { shape: [N, 299, 299, 3], range: [-1, 1] }
defaults:
  conv: { padding: same, bias: false, norm: batch_norm, activation: relu }
  batch_norm: { epsilon: 0.001, momentum: 0.9997, scale: false }
network:
  - conv: { filters: 32, kernel: 3, stride: 2, padding: valid }
    name: conv1
    expect: [N, 149, 149, 32]
  - conv: { filters: 32, kernel: 3, padding: valid }
    name: conv2
    expect: [N, 147, 147, 32]
  - conv: { filters: 64, kernel: 3 }
    name: conv3
    expect: [N, 147, 147, 64]
  - branches:
      pool:
        - max_pool: { kernel: 3, stride: 2, padding: valid }
      conv:
        - conv: { filters: 96, kernel: 3, stride: 2, padding: valid }
          name: reduce
    merge: concat
    name: mixed1
    expect: [N, 73, 73, 160]
  - branches:
      short:
        - conv: { filters: 64, kernel: 1 }
          name: narrow
        - conv: { filters: 96, kernel: 3, padding: valid }
          name: window
      long:
        - conv: { filters: 64, kernel: 1 }
          name: narrow
        - conv: { filters: 64, kernel: [7, 1] }
          name: column
        - conv: { filters: 64, kernel: [1, 7] }
          name: row
        - conv: { filters: 96, kernel: 3, padding: valid }
          name: window
    merge: concat
    name: mixed2
    expect: [N, 71, 71, 192]
  - branches:
      conv:
        - conv: { filters: 192, kernel: 3, stride: 2, padding: valid }
          name: reduce
      pool:
        - max_pool: { kernel: 3, stride: 2, padding: valid }
    merge: concat
    name: mixed3
    expect: [N, 35, 35, 384]
`;
