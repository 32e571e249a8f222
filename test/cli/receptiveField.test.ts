import { expect, test } from 'vitest';
import { folderWith, runCli, smallSpec } from './runCli.ts';

/** On an even size, a 3-wide window of stride 2 begins at the first pixel, and its centre is the second. */
const apart = `\
inception: 1
name: apart
inputs:
  image: [N, 8, 9, 3]
network:
  - branches:
      wide:
        - conv: { filters: 4, kernel: 3, stride: 2, padding: same }
      narrow:
        - conv: { filters: 4, kernel: 1, stride: 2, padding: same }
    merge: concat
    name: joined
`;

const cwd = folderWith({ 'net.yaml': smallSpec, 'apart.yaml': apart });

test('receptive-field prints field, stride and offset of the end points', () => {
  expect(runCli(['receptive-field', 'net.yaml'], { cwd })).toEqual({
    status: 0,
    out: `\
        field  stride  offset
conv_1      3       2       0
logits    all     all     all
`,
    err: '',
  });
});

test('where ways are apart it is said, per axis where axes differ', () => {
  const { out } = runCli(['receptive-field', 'apart.yaml'], { cwd });
  expect(out).toContain('joined      3       2   0 x 1  1 x 0\n');
  expect(out).toMatch(
    /\njoined\S* joins ways that are 1 pixel of image apart: joined\/wide\/conv and joined\/narrow\/conv\n$/,
  );
});

test('json has an entry for each axis', () => {
  const { out } = runCli(['receptive-field', 'apart.yaml', '--format', 'json'], { cwd });
  const { values, misaligned } = JSON.parse(out);
  expect(values).toEqual([
    {
      name: 'joined',
      fields: [
        { input: 'image', axis: 1, field: 3, stride: '2', offset: 0, halfPixelsApart: 2 },
        { input: 'image', axis: 2, field: 3, stride: '2', offset: 1, halfPixelsApart: 0 },
      ],
    },
  ]);
  // Of the pixels 0 to 2 the centre is 1, two half pixels from 0.
  const ways = [
    { value: 'joined/wide/conv', stride: '2', centreInHalfPixels: 2 },
    { value: 'joined/narrow/conv', stride: '2', centreInHalfPixels: 0 },
  ];
  const far = { halfPixelsApart: 2, leastHalfPixelsApart: 2 };
  expect(misaligned).toMatchObject([{ input: 'image', axis: 1, ways, ...far }]);
});

test('the table of shapes has the same as columns', () => {
  const columns = 'name,receptive_field,stride,offset';
  const { out } = runCli(['infer-shapes', 'net.yaml', '--columns', columns], { cwd });
  expect(out).toContain(
    '  image                1       1       0\n* conv_1               3       2       0\n',
  );
});
