/** What a report says should come out. */
export interface Answer {
  readonly report: string;
  readonly variant?: string;
  /** Of steps by name, in the order in which the file writes them. */
  readonly shapes?: Readonly<Record<string, string>>;
  /** Of steps by name: [trainable, not trainable]. */
  readonly parameters?: Readonly<Record<string, readonly [number, number]>>;
  /** Of the whole network: [trainable, not trainable]. */
  readonly total?: readonly [number, number];
}

/** The figures are those of the answers to the reports; where one is worked out here, it says how. */
export const answers: readonly Answer[] = [
  {
    report: '001',
    variant: 'repaired',
    shapes: { d2: '[N, 90, 90, 128]', concat: '[N, 90, 90, 256]', d0: '[N, 360, 360, 32]' },
  },
  {
    report: '003',
    // 1646 → 823 → 411 → 205 → 102, each rounded down, and 102·16 = 1632.
    shapes: {
      skip_1: '[1, 8, 823, 823]',
      skip_2: '[1, 8, 411, 411]',
      skip_3: '[1, 8, 205, 205]',
      conv: '[1, 8, 102, 102]',
      conv_5: '[1, 8, 1632, 1632]',
    },
  },
  { report: '005', shapes: { explicit: '[1, 1, 2, 2]', same: '[1, 1, 2, 2]' } },
  { report: '007', shapes: { same: '[1, 8, 256, 256]', formula: '[1, 8, 511, 511]' } },
  { report: '009', shapes: { without: '[1, 1, 2, 2]', with: '[1, 1, 2, 2]' } },
  { report: '011', shapes: { max_pool: '[1, 3, 16, 16]' } },
  { report: '013', shapes: { avg_pool: '[1, 1, 3, 3]' } },
  { report: '015', shapes: { max_pool: '[1, 3, 3, 3]' } },
  { report: '017', variant: 'repaired', shapes: { concat: '[1, 768, 34, 62]' } },
  {
    report: '019',
    variant: 'repaired',
    shapes: { reduce1: '[N, 3, 3, 768]', reduce2: '[N, 1, 1, 1280]' },
  },
  // The second numbers are 2·7280, moving mean and variance of each of the 7280 channels that are normalised.
  { report: '021', variant: 'paper', shapes: { dense: '[N, 1000]' }, total: [7005832, 14560] },
  { report: '021', variant: 'port', shapes: { dense: '[N, 1000]' }, total: [6624904, 14560] },
  { report: '025', variant: 'repaired', shapes: { pad: '[1, 3, 128, 128]' } },
  {
    report: '027',
    shapes: { flatten: '[N, 50176]', dense: '[N, 7]' },
    parameters: { large: [25690624, 0] },
    total: [25750535, 0],
  },
  { report: '029', variant: 'repaired', shapes: { global_avg_pool: '[N, 8]', dense: '[N, 10]' } },
  {
    report: '035',
    variant: 'repaired',
    shapes: { second: '[1, 32, 16, 16]', projection: '[1, 32, 16, 16]', add: '[1, 32, 16, 16]' },
  },
  { report: '037', shapes: { same: '[N, 1024, 1024, 256]', none: '[N, 1026, 1026, 256]' } },
  { report: '039', shapes: { same: '[1, 1, 6, 6]', none: '[1, 1, 7, 7]' } },
  { report: '041', shapes: { same: '[1, 256, 5, 16, 16]', none: '[1, 256, 5, 18, 18]' } },
  { report: '043', variant: 'repaired', shapes: { conv: '[11, 13, 17, 35]' } },
  { report: '045', shapes: { depthwise: '[2, 2, 2, 6]' }, total: [54, 0] },
  { report: '047', variant: 'repaired', shapes: { padded: '[1, 17, 17, 32]', conv: '[1, 15, 15, 32]' } },
  { report: '049', shapes: { depthwise_conv: '[N, 7, 7, 516]' } },
  { report: '051', shapes: { both_sides: '[1, 58, 1]', cut: '[1, 50, 1]', left_only: '[1, 50, 1]' } },
  { report: '053', parameters: { over_channels: [6, 6], over_width: [16, 16] } },
  {
    report: '057',
    parameters: { conv: [832, 0], per_channel: [32, 0], shared: [32, 0], unshared: [18432, 0] },
  },
  { report: '059', shapes: { global_avg_pool: '[1, 512]', dense: '[1, 10]' } },
  { report: '063', variant: 'repaired', shapes: { reshape: '[N, 52, 52, 3, 85]' } },
  { report: '065', shapes: { last_axis: '[2, 3, 4]', flattened: '[2, 3, 4]' } },
  { report: '067', shapes: { pixel_shuffle: '[1, 3, 4, 4]', depth_to_space: '[1, 3, 4, 4]' } },
  {
    report: '069',
    variant: 'rounded',
    shapes: { scaled: '[1, 1, 223, 223]', sized: '[1, 1, 224, 224]' },
  },
  { report: '069', variant: 'repaired', shapes: { scaled: '[1, 1, 224, 224]' } },
  { report: '071', shapes: { half_pixel: '[1, 6, 6, 1]', asymmetric: '[1, 6, 6, 1]' } },
  { report: '075', total: [3136, 0] },
  { report: '077', shapes: { embedding: '[N, 10, 32]' }, total: [2278208, 0] },
  { report: '079', total: [3360, 0] },
  { report: '081', variant: 'repaired', shapes: { attention: '[1, 197, 1024]' } },
  { report: '083', shapes: { patches: '[1, 15, 15, 768]' } },
  // The statistics of two norms are 2·2·64; without the two biases of 64 there are 38848.
  { report: '085', shapes: { conv_2: '[1, 64, 64, 64]' }, total: [38976, 256] },
  { report: '085', variant: 'repaired', shapes: { conv_2: '[1, 64, 64, 64]' }, total: [38848, 256] },
];
